"""What is kept: models, repositories, the unit of work, encryption and migrations."""
