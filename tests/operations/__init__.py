"""To be operated: figures, the doctor, backup and restore, who fell behind."""
