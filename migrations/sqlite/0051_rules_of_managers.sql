-- Rules that were made with a manager's authority: managers withdraw those and no others, and they never reach who made them.
-- Earlier rules count as a manager's where whoever made them is neither HR nor admin now.

ALTER TABLE rules ADD COLUMN as_manager INTEGER NOT NULL DEFAULT 0 CHECK (as_manager IN (0, 1));

UPDATE rules SET as_manager = 1
WHERE created_by IN (SELECT p.subject_id FROM people AS p JOIN roles AS r ON r.person_id = p.id AND r.role = 'manager')
  AND created_by NOT IN (SELECT p.subject_id FROM people AS p
                         JOIN roles AS r ON r.person_id = p.id AND r.role IN ('hr', 'admin'));
