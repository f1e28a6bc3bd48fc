"""Whose an article is: outlets, addresses, credits, citations."""
