"""Large corpora: partitions on a cluster, verification, compaction."""
