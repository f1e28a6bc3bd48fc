"""What a filter counts, written out: CSV, GeoJSON, KML, XLSX and the HTML brief."""
