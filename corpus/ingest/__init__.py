"""Which edition do these files make? The one public way from folders and files of reports to an edition."""
