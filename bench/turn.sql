\set n random(1, 20000)
\set claim random(1, 9000000000000000)
\set question random(1, 9)
BEGIN;
SELECT k.sealed_reply, c.version, c.person_id, c.persons, c.seen_at, c.stopped_at, c.lobby, s.id, s.revision_id, s.sealed_state, s.turns, s.outcome FROM (SELECT 1) AS one LEFT JOIN claim k ON k.hash = decode(md5('x' || :claim), 'hex') LEFT JOIN contact c ON c.id = (SELECT contact_id FROM address_hash WHERE hash = decode(md5('h' || :n), 'hex')) LEFT JOIN session s ON s.id = (SELECT id FROM session WHERE person_id = md5('p' || :n)::uuid ORDER BY started_at DESC LIMIT 1);
UPDATE contact SET version = version + 1, seen_at = now() WHERE id = md5('c' || :n)::uuid;
INSERT INTO claim (hash, at, outcome, sealed_reply) VALUES (decode(md5('x' || :claim), 'hex'), now(), 'turn', decode(repeat('ab', 200), 'hex'));
INSERT INTO message (id, person_id, session_id, direction, channel, sealed_text, at, provider_id, segments, kind, form) SELECT md5('m' || :claim || way)::uuid, md5('p' || :n)::uuid, md5('s' || :n)::uuid, way, 'bench', decode(repeat('ab', 150), 'hex'), now(), '', 1, 'reply', 'sms' FROM (VALUES ('in'), ('out')) AS ways(way);
UPDATE answer SET superseded_at = now() WHERE session_id = md5('s' || :n)::uuid AND question = 'p' || :question AND superseded_at IS NULL;
INSERT INTO answer (id, session_id, question, kind, value, language, channel, mode, edition, heard, at) VALUES (md5('a' || :claim)::uuid, md5('s' || :n)::uuid, 'p' || :question, 'choice', '1', 'es', 'bench', 'propia', 0, false, now());
UPDATE session SET sealed_state = decode(repeat('ab', 600), 'hex'), turns = turns + 1, turned_at = now() WHERE id = md5('s' || :n)::uuid;
END;
