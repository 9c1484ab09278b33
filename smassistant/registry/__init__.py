"""Reading rosters: CSV, TSV and XLSX exports become people and their permissions."""
