-- The kept counts tell those who must take a course from those who take it of their own accord.

DROP TRIGGER obligations_inserted;
DROP TRIGGER obligations_deleted;
DROP TRIGGER obligations_updated;
DROP TABLE tallies;

CREATE TABLE tallies (
    course_id BLOB NOT NULL REFERENCES courses (id),
    status TEXT NOT NULL,
    is_exempt INTEGER NOT NULL CHECK (is_exempt IN (0, 1)),
    is_assigned INTEGER NOT NULL CHECK (is_assigned IN (0, 1)),
    due_at INTEGER NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY (course_id, status, is_exempt, is_assigned, due_at)
) STRICT, WITHOUT ROWID;

INSERT INTO tallies (course_id, status, is_exempt, is_assigned, due_at, people)
SELECT course_id, status, is_exempt, assigned_at IS NOT NULL, COALESCE(due_at, 9223372036854775807), COUNT(*)
FROM obligations WHERE is_counted GROUP BY 1, 2, 3, 4, 5;

CREATE TRIGGER obligations_inserted AFTER INSERT ON obligations BEGIN
    INSERT INTO tallies (course_id, status, is_exempt, is_assigned, due_at, people)
    SELECT NEW.course_id, NEW.status, NEW.is_exempt, NEW.assigned_at IS NOT NULL,
           COALESCE(NEW.due_at, 9223372036854775807), 1
    WHERE NEW.is_counted
    ON CONFLICT (course_id, status, is_exempt, is_assigned, due_at) DO UPDATE SET people = people + excluded.people;
END;

CREATE TRIGGER obligations_deleted AFTER DELETE ON obligations BEGIN
    INSERT INTO tallies (course_id, status, is_exempt, is_assigned, due_at, people)
    SELECT OLD.course_id, OLD.status, OLD.is_exempt, OLD.assigned_at IS NOT NULL,
           COALESCE(OLD.due_at, 9223372036854775807), -1
    WHERE OLD.is_counted
    ON CONFLICT (course_id, status, is_exempt, is_assigned, due_at) DO UPDATE SET people = people + excluded.people;
END;

CREATE TRIGGER obligations_updated AFTER UPDATE ON obligations
WHEN (OLD.course_id, OLD.status, OLD.is_exempt, OLD.is_counted, OLD.due_at, OLD.assigned_at IS NULL)
    IS NOT (NEW.course_id, NEW.status, NEW.is_exempt, NEW.is_counted, NEW.due_at, NEW.assigned_at IS NULL) BEGIN
    INSERT INTO tallies (course_id, status, is_exempt, is_assigned, due_at, people)
    SELECT OLD.course_id, OLD.status, OLD.is_exempt, OLD.assigned_at IS NOT NULL,
           COALESCE(OLD.due_at, 9223372036854775807), -1
    WHERE OLD.is_counted
    ON CONFLICT (course_id, status, is_exempt, is_assigned, due_at) DO UPDATE SET people = people + excluded.people;
    INSERT INTO tallies (course_id, status, is_exempt, is_assigned, due_at, people)
    SELECT NEW.course_id, NEW.status, NEW.is_exempt, NEW.assigned_at IS NOT NULL,
           COALESCE(NEW.due_at, 9223372036854775807), 1
    WHERE NEW.is_counted
    ON CONFLICT (course_id, status, is_exempt, is_assigned, due_at) DO UPDATE SET people = people + excluded.people;
END;
