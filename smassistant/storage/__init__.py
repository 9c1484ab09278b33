"""The database: encrypted SQLite on one computer, PostgreSQL for several."""
