"""What people wear and hold before their faces, painted on a drawn head or on a face in a photograph."""
