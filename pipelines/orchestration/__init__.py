"""The job as Dagster sees it: assets, checks, partitions. The only folder that imports dagster."""
