-- How much longer than usual somebody may take to answer where the time is limited. Earlier releases leave it as it is.

ALTER TABLE people ADD COLUMN more_time TEXT NOT NULL DEFAULT 'usual'
    CHECK (more_time IN ('usual', 'half', 'double', 'unlimited'));
