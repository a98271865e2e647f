-- The kept counts tell those who must take a course from those who take it of their own accord.

LOCK TABLE obligations IN SHARE ROW EXCLUSIVE MODE;
DROP TABLE tallies;

CREATE TABLE tallies (
    course_id UUID NOT NULL REFERENCES courses (id),
    status TEXT NOT NULL,
    is_exempt BOOLEAN NOT NULL,
    is_assigned BOOLEAN NOT NULL,
    due_at BIGINT NOT NULL,
    people BIGINT NOT NULL,
    PRIMARY KEY (course_id, status, is_exempt, is_assigned, due_at)
);

INSERT INTO tallies (course_id, status, is_exempt, is_assigned, due_at, people)
SELECT course_id, status, is_exempt, assigned_at IS NOT NULL, COALESCE(due_at, 9223372036854775807), COUNT(*)
FROM obligations WHERE is_counted GROUP BY 1, 2, 3, 4, 5;

CREATE OR REPLACE FUNCTION obligations_count_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tallies (course_id, status, is_exempt, is_assigned, due_at, people)
    SELECT course_id, status, is_exempt, assigned_at IS NOT NULL, COALESCE(due_at, 9223372036854775807), COUNT(*)
    FROM after_rows WHERE is_counted
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (course_id, status, is_exempt, is_assigned, due_at)
    DO UPDATE SET people = tallies.people + excluded.people;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION obligations_count_old() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tallies (course_id, status, is_exempt, is_assigned, due_at, people)
    SELECT course_id, status, is_exempt, assigned_at IS NOT NULL, COALESCE(due_at, 9223372036854775807), -COUNT(*)
    FROM before_rows WHERE is_counted
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (course_id, status, is_exempt, is_assigned, due_at)
    DO UPDATE SET people = tallies.people + excluded.people;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION obligations_count_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tallies (course_id, status, is_exempt, is_assigned, due_at, people)
    SELECT course_id, status, is_exempt, is_assigned, due_at, SUM(change) FROM (
        SELECT course_id, status, is_exempt, assigned_at IS NOT NULL AS is_assigned,
               COALESCE(due_at, 9223372036854775807) AS due_at, 1 AS change
        FROM after_rows WHERE is_counted
        UNION ALL
        SELECT course_id, status, is_exempt, assigned_at IS NOT NULL, COALESCE(due_at, 9223372036854775807), -1
        FROM before_rows WHERE is_counted
    ) AS moves
    GROUP BY 1, 2, 3, 4, 5 HAVING SUM(change) <> 0 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (course_id, status, is_exempt, is_assigned, due_at)
    DO UPDATE SET people = tallies.people + excluded.people;
    RETURN NULL;
END $$;
