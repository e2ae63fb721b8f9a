-- 20,000 citizens of the open consultation, each with a session in it; row n has the md5 of n
-- as its id, so that turn.sql finds it without a look-up of its own.
INSERT INTO contact (id, version, person_id, persons, lobby, created_at, seen_at)
    SELECT md5('c' || n)::uuid, 1, md5('p' || n)::uuid, 1, '', now(), now()
    FROM generate_series(1, 20000) AS n;
INSERT INTO address_hash (hash, key_id, contact_id)
    SELECT decode(md5('h' || n), 'hex'), 'k1', md5('c' || n)::uuid
    FROM generate_series(1, 20000) AS n;
INSERT INTO person (id, contact_id, created_at)
    SELECT md5('p' || n)::uuid, md5('c' || n)::uuid, now()
    FROM generate_series(1, 20000) AS n;
INSERT INTO session (id, person_id, consultation_id, revision_id, sealed_state, language,
        channel, mode, turns, started_at, turned_at, alert)
    SELECT md5('s' || n)::uuid, md5('p' || n)::uuid, c.id, c.revision_id,
        decode(repeat(md5(n::text), 37), 'hex'), 'es', 'bench', 'propia', 1, now(), now(), ''
    FROM generate_series(1, 20000) AS n, (SELECT id, revision_id FROM consultation LIMIT 1) AS c;
ANALYZE;
