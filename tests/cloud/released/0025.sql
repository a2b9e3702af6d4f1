BEGIN TRANSACTION;
CREATE TABLE account (
	user TEXT NOT NULL, 
	role TEXT NOT NULL, 
	password_hash TEXT NOT NULL, 
	changed_ms BIGINT NOT NULL, site TEXT DEFAULT '' NOT NULL, source TEXT DEFAULT 'local' NOT NULL, must_change BOOLEAN DEFAULT false NOT NULL, disabled_ms BIGINT, 
	PRIMARY KEY (user)
);
INSERT INTO "account" VALUES('admin','administrator','$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA',1795248000000,'','local',0,NULL);
CREATE TABLE alarm (
	number INTEGER NOT NULL, 
	gate TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	active BOOLEAN NOT NULL, 
	priority INTEGER NOT NULL, 
	raised_ms BIGINT NOT NULL, 
	returned_ms BIGINT, 
	acknowledged_by TEXT, 
	acknowledged_ms BIGINT, 
	detail TEXT NOT NULL, 
	count INTEGER NOT NULL, 
	last_install TEXT NOT NULL, 
	last_seq BIGINT NOT NULL, 
	last_time_ms BIGINT NOT NULL, 
	feed BIGINT NOT NULL, withheld_by TEXT, withheld_ms BIGINT, withheld_why TEXT, withheld_until_ms BIGINT, chattering BOOLEAN DEFAULT false NOT NULL, owner TEXT, 
	PRIMARY KEY (number), 
	UNIQUE (gate, kind)
);
INSERT INTO "alarm" VALUES(1,'gate-1','colour_camera','RTNUN',0,2,1795248000000,1795248000000,NULL,NULL,'colour_camera 6',1,'i1',6,1795248000000,6,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "alarm" VALUES(2,'gate-2','gate_offline','UNACK',1,1,1795248000500,NULL,NULL,NULL,'the broker has lost the gate',1,'',0,0,12,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "alarm" VALUES(3,'gate-1','dead_letter','RTNUN',0,2,1795248000500,1795248000500,NULL,NULL,'an alert could not be read: message: Invalid JSON: expected ident at line 1 column 2',1,'',0,0,13,NULL,NULL,NULL,NULL,0,NULL);
CREATE TABLE alarm_move (
	number INTEGER NOT NULL, 
	gate TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	move TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	state TEXT NOT NULL, 
	user TEXT NOT NULL, 
	why TEXT NOT NULL, 
	announced BOOLEAN NOT NULL, seal BIGINT, salt BLOB, content_sha256 BLOB, 
	PRIMARY KEY (number)
);
INSERT INTO "alarm_move" VALUES(1,'gate-1','colour_camera',1795248000000,'raise','NORM','UNACK','','',1,7741382307084588689,X'1BFD425BC40173BB491445BB3D2106F7',NULL);
INSERT INTO "alarm_move" VALUES(2,'gate-1','colour_camera',1795248000000,'return_to_normal','UNACK','RTNUN','','',0,7741382307084588689,X'17F838CA9DE808A61E99358CA7D4A74A',NULL);
INSERT INTO "alarm_move" VALUES(3,'gate-2','gate_offline',1795248000500,'raise','NORM','UNACK','','',1,7874640566955748517,X'79CB6B9751EFCAD32610A924211803B5',NULL);
INSERT INTO "alarm_move" VALUES(4,'gate-1','dead_letter',1795248000500,'raised_earlier','NORM','RTNUN','','',1,4276525283868027796,X'725435E358C9A72AD5ED31405A78BD35',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0025');
CREATE TABLE api_token (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	token_sha256 TEXT NOT NULL, 
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	site TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	made_ms BIGINT NOT NULL, 
	expires_ms BIGINT NOT NULL, 
	used_ms BIGINT, 
	revoked_ms BIGINT, 
	UNIQUE (token_sha256), 
	UNIQUE (name)
);
CREATE TABLE appointment (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	reception TEXT NOT NULL, 
	begins_ms BIGINT NOT NULL, 
	ends_ms BIGINT NOT NULL, 
	people INTEGER NOT NULL, 
	reference TEXT NOT NULL, 
	secret_sha256 TEXT NOT NULL, 
	by_phone BOOLEAN NOT NULL, 
	made_ms BIGINT NOT NULL, 
	cancelled_ms BIGINT, 
	UNIQUE (reference), 
	UNIQUE (secret_sha256)
);
CREATE TABLE asset (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	site TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	made_ms BIGINT NOT NULL, 
	interval_ms BIGINT, 
	grace_ms BIGINT, 
	agent TEXT, 
	person BIGINT, 
	flow_limit INTEGER, 
	head_limit INTEGER, 
	sensor TEXT NOT NULL, 
	ended_ms BIGINT, 
	tag_sha256 TEXT, 
	UNIQUE (tag_sha256)
);
CREATE TABLE audit (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at_ms BIGINT NOT NULL, 
	user TEXT NOT NULL, 
	action TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	detail TEXT NOT NULL
, address TEXT DEFAULT '' NOT NULL, seal BIGINT, salt BLOB, content_sha256 BLOB);
INSERT INTO "audit" VALUES(1,1795248000000,'admin','password','admin','','',5288489576177711647,X'F2528D9CAEAB0D7D48A8922A68AEFD0B',NULL);
CREATE TABLE badge (
	holder TEXT NOT NULL, 
	reception TEXT NOT NULL, 
	secret_sha256 TEXT NOT NULL, 
	made_ms BIGINT NOT NULL, 
	made_by TEXT NOT NULL, 
	revoked_ms BIGINT, 
	PRIMARY KEY (holder), 
	UNIQUE (secret_sha256)
);
CREATE TABLE boot_clock (
	gate TEXT NOT NULL, 
	boot TEXT NOT NULL, 
	offset_ms BIGINT NOT NULL, 
	PRIMARY KEY (gate, boot)
)
 WITHOUT ROWID

;
INSERT INTO "boot_clock" VALUES('gate-1','b1',1795248000000);
INSERT INTO "boot_clock" VALUES('gate-2','b1',1795248000000);
CREATE TABLE canteen_slot (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	site TEXT NOT NULL, 
	gate TEXT NOT NULL, 
	name TEXT NOT NULL, 
	days TEXT NOT NULL, 
	begins TEXT NOT NULL, 
	ends TEXT NOT NULL, 
	places BIGINT NOT NULL, 
	teams TEXT NOT NULL, 
	made_ms BIGINT NOT NULL, 
	ended_ms BIGINT
);
CREATE TABLE case_entry (
	number INTEGER NOT NULL, 
	"case" BIGINT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	user TEXT NOT NULL, 
	step TEXT NOT NULL, 
	body TEXT NOT NULL, 
	seal BIGINT, 
	salt BLOB, 
	content_sha256 BLOB, 
	PRIMARY KEY (number)
);
CREATE TABLE chain (
	number BIGINT NOT NULL, 
	seal BIGINT NOT NULL, 
	rows INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	link BLOB NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (seal)
);
INSERT INTO "chain" VALUES(1,2624904981425207001,3,X'9E243D3D4FB3EBAFE851E469B42B2EB09CC9B3B6E04E6AF1DD9FA7AD9279B08E',X'68038619B1E13C4F12099E55D24C54C443513F26A1AC50D9C9999A2ED3F23D2A');
INSERT INTO "chain" VALUES(2,7741382307084588689,7,X'71D0DE0E557239FA59275260EAFF58E166603D03AFC38E99EF95F1007738F828',X'FEA69A46050451A2D3F33EBEF442EF92F55A0EF9825129F0D4B684D5F6312D1F');
INSERT INTO "chain" VALUES(3,2292964506698359248,1,X'D77DEC5011CE9894636DFF3B22D64B800E296C8EF19C419DF9FAB0FA22ABD7DB',X'70C2423632E5B88B7532FE410AC9BCC581F847A84C240D4AF7E94C1C40FBA556');
INSERT INTO "chain" VALUES(4,7874640566955748517,1,X'A669A564CE94CE7840012BBBEC088CE11E58FBCBEC7393F5C1ADB7017EB3FAC5',X'C75971D8990BBE507E39A8BBA97C63D3A27CD1BD41DD6463DE807C32F2A298AF');
INSERT INTO "chain" VALUES(5,4276525283868027796,1,X'081781521CBE4DFD49475BA6BD8330ADF2F5B5CB34F670B86A788E354570CC41',X'DF90AA5EE700A59CEC3B769290DBD60631CC6425B6F2F41784F4DBCB574BEBFD');
INSERT INTO "chain" VALUES(6,5288489576177711647,1,X'26D2BB1C2C6045BD29A05A501642ED16B51CEB1315FB57D3D23BF430C730A7FE',X'64362BDBC44FC44D02EC4F03C7FDBC7FB4F4D59A9798B0028F5EC49BA2E5BFC4');
CREATE TABLE chain_head (
	id INTEGER NOT NULL, 
	number BIGINT NOT NULL, 
	link BLOB NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "chain_head" VALUES(1,6,X'64362BDBC44FC44D02EC4F03C7FDBC7FB4F4D59A9798B0028F5EC49BA2E5BFC4');
CREATE TABLE closed_gate (
	gate TEXT NOT NULL, 
	since_ms BIGINT NOT NULL, 
	why TEXT NOT NULL, 
	PRIMARY KEY (gate)
);
CREATE TABLE contact (
	name TEXT NOT NULL, 
	site TEXT NOT NULL, 
	step INTEGER NOT NULL, 
	liaison BOOLEAN NOT NULL, 
	alarms BOOLEAN NOT NULL, 
	reports BOOLEAN NOT NULL, 
	staff BOOLEAN NOT NULL, 
	kinds TEXT NOT NULL, 
	days TEXT NOT NULL, 
	begins_min INTEGER NOT NULL, 
	ends_min INTEGER NOT NULL, 
	mail TEXT, 
	user TEXT, 
	webhook TEXT, 
	mqtt BOOLEAN NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE data_gap (
	number INTEGER NOT NULL, 
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	first BIGINT NOT NULL, 
	last BIGINT NOT NULL, 
	found_ms BIGINT NOT NULL, 
	PRIMARY KEY (number)
);
CREATE TABLE dead_letter (
	number INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	topic TEXT NOT NULL, 
	gate TEXT NOT NULL, 
	event TEXT NOT NULL, 
	error TEXT NOT NULL, 
	body BLOB NOT NULL, 
	received_ms BIGINT NOT NULL, 
	count INTEGER NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (sha256)
);
INSERT INTO "dead_letter" VALUES(1,'86a1aca8ced98cf88a19eeecdafb9d994e2bb980929f580126bd4d6f3bc4aae0','menshen/v1/gate-1/visit','gate-1','','message: Invalid JSON: EOF while parsing an object at line 1 column 1',X'7B',1795248000500,1);
INSERT INTO "dead_letter" VALUES(2,'ea52dd693299c015e67a62699420433a1366cf8538a6e64ed378721efacd2de0','menshen/v1/gate-1/alert','gate-1','gate-1:i1:9','message: Invalid JSON: expected ident at line 1 column 2',X'6E6F74204A534F4E',1795248000500,1);
CREATE TABLE dropped (
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	first BIGINT NOT NULL, 
	last BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (gate, install, first)
)
 WITHOUT ROWID

;
CREATE TABLE event (
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	seq BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	time_ms BIGINT NOT NULL, 
	mono_ms BIGINT NOT NULL, 
	boot TEXT NOT NULL, 
	clock_ok BOOLEAN NOT NULL, 
	received_ms BIGINT NOT NULL, 
	series_ns BIGINT NOT NULL, 
	data TEXT NOT NULL, corrected_ms BIGINT, seal BIGINT, salt BLOB, content_sha256 BLOB, 
	PRIMARY KEY (gate, install, seq)
);
INSERT INTO "event" VALUES('gate-1','i1',1,'visit',1795248000000,0,'b1',1,1795248000500,1795248000000000001,'{"visit":"v1","revision":0,"verdict":"pass","mask":"worn","reasons":[],"reading":null,"core_bin_c":null,"screened_for":{"mask":true,"temperature":true},"first_seen":"2026-11-21T07:59:59Z","decided":"2026-11-21T08:00:00Z","frames":9,"record_late":false,"replay":false,"badge":null,"visitor_pass":null,"code_refused":null,"duty":null,"hands":null}',NULL,2624904981425207001,X'00E983066F5E090F7EEED7F9A4264C2C',NULL);
INSERT INTO "event" VALUES('gate-1','i1',2,'visit',1795248000000,0,'b1',1,1795248000500,1795248000000000002,'{"visit":"v1","revision":1,"verdict":"fix_mask","mask":"worn","reasons":[],"reading":null,"core_bin_c":null,"screened_for":{"mask":true,"temperature":true},"first_seen":"2026-11-21T07:59:59Z","decided":"2026-11-21T08:00:00Z","frames":9,"record_late":false,"replay":false,"badge":null,"visitor_pass":null,"code_refused":null,"duty":null,"hands":null}',NULL,2624904981425207001,X'6B197BBC339F7D7B192993BEED291DB3',NULL);
INSERT INTO "event" VALUES('gate-1','i1',3,'visit',1795248000000,0,'b1',1,1795248000500,1795248000000000003,'{"visit":"v2","revision":0,"verdict":"recheck","mask":"worn","reasons":[],"reading":null,"core_bin_c":null,"screened_for":{"mask":true,"temperature":true},"first_seen":"2026-11-21T07:59:59Z","decided":"2026-11-21T08:00:00Z","frames":9,"record_late":false,"replay":false,"badge":null,"visitor_pass":null,"code_refused":null,"duty":null,"hands":null}',NULL,2624904981425207001,X'E87B35DAD4BB2541551573E3846D8FBC',NULL);
INSERT INTO "event" VALUES('gate-1','i1',4,'alert',1795248000000,0,'b1',1,1795248000500,1795248000000000004,'{"kind":"recheck","state":"raised","subject":"v2","detail":"recheck 4","reading":null,"dropped":null,"refused":false,"raised":"2026-11-21T08:00:00Z"}',NULL,7741382307084588689,X'8EE27325F87C0D6E82AA59F7C572F817',NULL);
INSERT INTO "event" VALUES('gate-1','i1',5,'alert',1795248000000,0,'b1',1,1795248000500,1795248000000000005,'{"kind":"colour_camera","state":"raised","subject":"","detail":"colour_camera 5","reading":null,"dropped":null,"refused":false,"raised":"2026-11-21T08:00:00Z"}',NULL,7741382307084588689,X'62BBEC4B8F4BC5E4E3683FC084D36078',NULL);
INSERT INTO "event" VALUES('gate-1','i1',6,'alert',1795248000000,0,'b1',1,1795248000500,1795248000000000006,'{"kind":"colour_camera","state":"returned","subject":"","detail":"colour_camera 6","reading":null,"dropped":null,"refused":false,"raised":"2026-11-21T08:00:00Z"}',NULL,7741382307084588689,X'9B35F4C366CE27076A89C75E3D044264',NULL);
INSERT INTO "event" VALUES('gate-1','i1',7,'health',1795248000000,0,'b1',1,1795248000500,1795248000000000007,'{"uptime_s":5.0,"colour_fps":25.0,"thermal_fps":9.0,"frames_skipped":0,"loop_p50_ms":3.0,"loop_p99_ms":null,"records_dropped":0,"outbox_rows":2,"oldest_unacked":0,"last_seq":0,"restarts":{"colour":1},"parts":{"colour":"live"},"version":"0.1","model":"m","clock_ok":true,"certificate_days":null,"calibration_days":null,"occupancy":null,"queue":null,"held":null}',NULL,7741382307084588689,X'90FD413F79AC03145E66CBFE2AF3FD68',NULL);
INSERT INTO "event" VALUES('gate-1','i1',8,'sensor',1795248000000,0,'b1',1,1795248000500,1795248000000000008,'{"readings":[{"sensor":"air-1","quantity":"co2","value":412.0,"unit":"ppm","taken":"2026-11-21T08:00:00Z","trouble":null,"place":"","fresh_s":null,"least":null,"most":null},{"sensor":"air-1","quantity":"co2","value":null,"unit":"ppm","taken":"2026-11-21T08:00:01Z","trouble":null,"place":"","fresh_s":null,"least":null,"most":null}]}',NULL,7741382307084588689,X'789DD8408C7B13E265C9B1302751E0D1',NULL);
INSERT INTO "event" VALUES('gate-2','i1',1,'visit',1795248000000,0,'b1',1,1795248000500,1795248000000000001,'{"visit":"v9","revision":0,"verdict":"pass","mask":"worn","reasons":[],"reading":null,"core_bin_c":null,"screened_for":{"mask":true,"temperature":true},"first_seen":"2026-11-21T07:59:59Z","decided":"2026-11-21T08:00:00Z","frames":9,"record_late":false,"replay":false,"badge":null,"visitor_pass":null,"code_refused":null,"duty":null,"hands":null}',NULL,2292964506698359248,X'401A9CB1B56D3C3B24D70DBDC60B41E2',NULL);
CREATE TABLE facility_entry (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	asset BIGINT, 
	at_ms BIGINT NOT NULL, 
	user TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	about BIGINT, 
	"key" TEXT, 
	body TEXT NOT NULL, 
	seal BIGINT, 
	salt BLOB, 
	content_sha256 BLOB, 
	UNIQUE ("key")
);
CREATE TABLE feed (
	id INTEGER NOT NULL, 
	last BIGINT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "feed" VALUES(1,13);
CREATE TABLE gate (
	gate TEXT NOT NULL, 
	online BOOLEAN NOT NULL, 
	state TEXT NOT NULL, 
	state_since_ms BIGINT NOT NULL, 
	heard_ms BIGINT NOT NULL, 
	version TEXT NOT NULL, 
	replay BOOLEAN NOT NULL, 
	last_verdict TEXT, 
	last_visit_ms BIGINT, 
	health TEXT, 
	health_ms BIGINT, 
	health_install TEXT, 
	health_seq BIGINT, 
	feed BIGINT NOT NULL, 
	PRIMARY KEY (gate)
);
INSERT INTO "gate" VALUES('gate-1',1,'live',1795248000500,1795248000500,'0.1',0,'recheck',1795248000000,'{"uptime_s":5.0,"colour_fps":25.0,"thermal_fps":9.0,"frames_skipped":0,"loop_p50_ms":3.0,"loop_p99_ms":null,"records_dropped":0,"outbox_rows":2,"oldest_unacked":0,"last_seq":0,"restarts":{"colour":1},"parts":{"colour":"live"},"version":"0.1","model":"m","clock_ok":true,"certificate_days":null,"calibration_days":null,"occupancy":null,"queue":null,"held":null}',1795248000500,'i1',7,7);
INSERT INTO "gate" VALUES('gate-2',0,'offline',1795248000500,1795248000500,'',0,'pass',1795248000000,NULL,NULL,NULL,NULL,11);
CREATE TABLE gate_certificate (
	serial TEXT NOT NULL, 
	gate TEXT NOT NULL, 
	site TEXT NOT NULL, 
	key_sha256 TEXT NOT NULL, 
	issued_ms BIGINT NOT NULL, 
	ends_ms BIGINT NOT NULL, 
	revoked_ms BIGINT, 
	pem TEXT NOT NULL, 
	PRIMARY KEY (serial), 
	UNIQUE (key_sha256)
);
CREATE TABLE gate_site (
	gate TEXT NOT NULL, 
	site TEXT NOT NULL, 
	PRIMARY KEY (gate)
);
CREATE TABLE invitation (
	token_sha256 TEXT NOT NULL, 
	gate TEXT NOT NULL, 
	site TEXT NOT NULL, 
	expires_ms BIGINT NOT NULL, 
	used_ms BIGINT, 
	serial TEXT, 
	PRIMARY KEY (token_sha256)
);
CREATE TABLE kept_key (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE level_entry (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	point BIGINT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	user TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	about BIGINT, 
	"key" TEXT, 
	body TEXT NOT NULL, 
	seal BIGINT, 
	salt BLOB, 
	content_sha256 BLOB, 
	UNIQUE ("key")
);
CREATE TABLE level_point (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	site TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	gate TEXT NOT NULL, 
	sensor TEXT NOT NULL, 
	quantity TEXT NOT NULL, 
	limit_pct FLOAT, 
	made_ms BIGINT NOT NULL, 
	ended_ms BIGINT, 
	tag_sha256 TEXT, 
	value FLOAT, 
	value_ms BIGINT, 
	trouble TEXT, 
	taken_ms BIGINT, 
	fresh_ms BIGINT, 
	due_ms BIGINT, 
	moved_ms BIGINT, 
	done_ms BIGINT, 
	told BIGINT, 
	told_value FLOAT, 
	told_due_ms BIGINT, 
	UNIQUE (tag_sha256)
);
CREATE TABLE newest_reading (
	gate TEXT NOT NULL, 
	sensor TEXT NOT NULL, 
	quantity TEXT NOT NULL, 
	place TEXT NOT NULL, 
	value FLOAT, 
	trouble TEXT, 
	unit TEXT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	received_ms BIGINT NOT NULL, 
	fresh_ms BIGINT, 
	least FLOAT, 
	most FLOAT, 
	PRIMARY KEY (gate, sensor, quantity)
);
CREATE TABLE notice (
	number INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	since_ms BIGINT NOT NULL, 
	step INTEGER NOT NULL, 
	contact TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	gate TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	priority INTEGER NOT NULL, 
	detail TEXT NOT NULL, 
	state TEXT NOT NULL, 
	tries INTEGER NOT NULL, 
	made_ms BIGINT NOT NULL, 
	due_ms BIGINT NOT NULL, 
	told_ms BIGINT, 
	ended_ms BIGINT, 
	answer TEXT NOT NULL, receipt_sha256 TEXT, shown_ms BIGINT, 
	PRIMARY KEY (number), 
	UNIQUE (subject, since_ms, step, contact, channel)
);
CREATE TABLE numbering (
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	checked_to BIGINT NOT NULL, 
	pending_to BIGINT, 
	settle_after BIGINT, 
	PRIMARY KEY (gate, install)
);
INSERT INTO "numbering" VALUES('gate-1','i1',0,NULL,NULL);
CREATE TABLE push_device (
	number INTEGER NOT NULL, 
	user TEXT NOT NULL, 
	endpoint TEXT NOT NULL, 
	p256dh TEXT NOT NULL, 
	auth TEXT NOT NULL, 
	made_ms BIGINT NOT NULL, 
	accepted_ms BIGINT, 
	PRIMARY KEY (number), 
	UNIQUE (endpoint)
);
CREATE TABLE questionnaire (
	number INTEGER NOT NULL, 
	version TEXT NOT NULL, 
	made_ms BIGINT NOT NULL, 
	user TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (version)
);
CREATE TABLE reception (
	name TEXT NOT NULL, 
	site TEXT NOT NULL, 
	title_zh TEXT NOT NULL, 
	title_en TEXT NOT NULL, 
	timezone TEXT NOT NULL, 
	hours TEXT NOT NULL, 
	closed TEXT NOT NULL, 
	slot_min INTEGER NOT NULL, 
	capacity INTEGER NOT NULL, 
	grace_min INTEGER NOT NULL, 
	days_ahead INTEGER NOT NULL, 
	appointments BOOLEAN NOT NULL, 
	board BOOLEAN NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE recheck_case (
	number INTEGER NOT NULL, 
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	seq BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	visit TEXT NOT NULL, 
	state TEXT NOT NULL, 
	priority INTEGER NOT NULL, 
	raised_ms BIGINT NOT NULL, 
	returned_ms BIGINT, 
	acknowledged_by TEXT, 
	acknowledged_ms BIGINT, 
	detail TEXT NOT NULL, 
	reading TEXT, 
	feed BIGINT NOT NULL, alarmed_ms BIGINT, alarmed_why TEXT, outcome TEXT, outcome_why TEXT, closed_ms BIGINT, owner TEXT, 
	PRIMARY KEY (number), 
	UNIQUE (gate, install, seq)
);
INSERT INTO "recheck_case" VALUES(1,'gate-1','i1',4,'recheck','v2','open',1,1795248000000,NULL,NULL,NULL,'recheck 4',NULL,5,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE removal (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at_ms BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	days INTEGER NOT NULL, 
	before_ms BIGINT NOT NULL, 
	rows INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	seal BIGINT, 
	salt BLOB, 
	content_sha256 BLOB
);
CREATE TABLE removed_link (
	number BIGINT NOT NULL, 
	rows INTEGER NOT NULL, 
	commitments BLOB, 
	PRIMARY KEY (number)
);
CREATE TABLE removed_run (
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	first BIGINT NOT NULL, 
	last BIGINT NOT NULL, 
	PRIMARY KEY (gate, install, first)
)
 WITHOUT ROWID

;
CREATE TABLE removed_to (
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	seq BIGINT NOT NULL, 
	PRIMARY KEY (gate, install)
)
 WITHOUT ROWID

;
CREATE TABLE report (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	day TEXT NOT NULL, 
	due_ms BIGINT NOT NULL, 
	made_ms BIGINT NOT NULL, 
	first_link BIGINT NOT NULL, 
	last_link BIGINT NOT NULL, 
	body TEXT NOT NULL, 
	seal BIGINT, 
	salt BLOB, 
	content_sha256 BLOB, 
	UNIQUE (due_ms), 
	UNIQUE (first_link)
);
CREATE TABLE roster (
	site TEXT NOT NULL, 
	day TEXT NOT NULL, 
	shift TEXT NOT NULL, 
	post TEXT NOT NULL, 
	person BIGINT NOT NULL, 
	PRIMARY KEY (site, day, shift, post, person)
);
CREATE TABLE rota (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	site TEXT NOT NULL, 
	person BIGINT NOT NULL, 
	begins_ms BIGINT NOT NULL, 
	ends_ms BIGINT NOT NULL, 
	leads BOOLEAN NOT NULL
);
CREATE TABLE round_photo (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	entry BIGINT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	sha256 TEXT NOT NULL, 
	jpeg BLOB NOT NULL, 
	UNIQUE (entry)
);
CREATE TABLE series_outbox (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	gate TEXT NOT NULL, 
	install TEXT NOT NULL, 
	seq BIGINT NOT NULL
);
INSERT INTO "series_outbox" VALUES(1,'gate-1','i1',1);
INSERT INTO "series_outbox" VALUES(2,'gate-1','i1',2);
INSERT INTO "series_outbox" VALUES(3,'gate-1','i1',3);
INSERT INTO "series_outbox" VALUES(4,'gate-1','i1',4);
INSERT INTO "series_outbox" VALUES(5,'gate-1','i1',5);
INSERT INTO "series_outbox" VALUES(6,'gate-1','i1',6);
INSERT INTO "series_outbox" VALUES(7,'gate-1','i1',7);
INSERT INTO "series_outbox" VALUES(8,'gate-1','i1',8);
INSERT INTO "series_outbox" VALUES(9,'gate-2','i1',1);
CREATE TABLE session (
	token_sha256 TEXT NOT NULL, 
	user TEXT NOT NULL, 
	expires_ms BIGINT NOT NULL, opened_ms BIGINT DEFAULT 0 NOT NULL, used_ms BIGINT DEFAULT 0 NOT NULL, address TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (token_sha256)
);
INSERT INTO "session" VALUES('ab12','admin',1764000000000,0,0,'');
CREATE TABLE signed_head (
	number BIGINT NOT NULL, 
	link BLOB NOT NULL, 
	at_ms BIGINT NOT NULL, 
	public_key TEXT NOT NULL, 
	signature BLOB NOT NULL, 
	PRIMARY KEY (number)
);
CREATE TABLE staff (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	site TEXT NOT NULL, 
	name TEXT NOT NULL, 
	staff_number TEXT NOT NULL, 
	team TEXT NOT NULL, 
	badge TEXT, 
	account TEXT, 
	contact TEXT, 
	made_ms BIGINT NOT NULL, 
	left_ms BIGINT, 
	erased_ms BIGINT, 
	UNIQUE (badge), 
	UNIQUE (account)
);
CREATE TABLE staff_entry (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person BIGINT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	user TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	about BIGINT, 
	body TEXT NOT NULL, 
	seal BIGINT, 
	salt BLOB, 
	content_sha256 BLOB
);
CREATE TABLE supply (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	site TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	minimum BIGINT NOT NULL, 
	set_ms BIGINT NOT NULL, 
	made_ms BIGINT NOT NULL, 
	ended_ms BIGINT
);
CREATE TABLE supply_entry (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	supply BIGINT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	user TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	book BIGINT NOT NULL, 
	"before" BIGINT, 
	about BIGINT, 
	body TEXT NOT NULL, 
	seal BIGINT, 
	salt BLOB, 
	content_sha256 BLOB
);
CREATE TABLE uvc_run (
	gate TEXT NOT NULL, 
	sensor TEXT NOT NULL, 
	taken_ms BIGINT NOT NULL, 
	ended_ms BIGINT NOT NULL, 
	install TEXT NOT NULL, 
	seq BIGINT NOT NULL, 
	place TEXT NOT NULL, 
	lit_s FLOAT, 
	covered_pct FLOAT, 
	dose_mj_cm2 FLOAT, 
	off_mj_cm2 FLOAT, 
	mean_uw_cm2 FLOAT, 
	peak_uw_cm2 FLOAT, 
	target_mj_cm2 FLOAT, 
	reached FLOAT, 
	trouble TEXT, 
	received_ms BIGINT NOT NULL, 
	PRIMARY KEY (gate, sensor, taken_ms)
);
CREATE TABLE visit (
	number INTEGER NOT NULL, 
	gate TEXT NOT NULL, 
	visit TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	mask TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	revisions INTEGER NOT NULL, 
	first_seen_ms BIGINT NOT NULL, 
	decided_ms BIGINT NOT NULL, 
	received_ms BIGINT NOT NULL, 
	shown_at_ms BIGINT NOT NULL, 
	reasons TEXT NOT NULL, 
	reading TEXT, 
	core_bin_c FLOAT, 
	screened_for TEXT NOT NULL, 
	record_late BOOLEAN NOT NULL, 
	replay BOOLEAN NOT NULL, 
	late BOOLEAN NOT NULL, 
	feed BIGINT NOT NULL, badge TEXT, visitor_pass TEXT, duty TEXT, erased_ms BIGINT, code_refused TEXT, hands TEXT, 
	PRIMARY KEY (number), 
	UNIQUE (gate, visit)
);
INSERT INTO "visit" VALUES(1,'gate-1','v1','fix_mask','worn',1,2,1795247999000,1795248000000,1795248000500,1795248000000,'',NULL,NULL,'{"mask":true,"temperature":true}',0,0,0,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "visit" VALUES(2,'gate-1','v2','recheck','worn',0,1,1795247999000,1795248000000,1795248000500,1795248000000,'',NULL,NULL,'{"mask":true,"temperature":true}',0,0,0,2,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "visit" VALUES(3,'gate-2','v9','pass','worn',0,1,1795247999000,1795248000000,1795248000500,1795248000000,'',NULL,NULL,'{"mask":true,"temperature":true}',0,0,0,8,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE visit_revision (
	gate TEXT NOT NULL, 
	visit TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	install TEXT NOT NULL, 
	seq BIGINT NOT NULL, 
	PRIMARY KEY (gate, visit, revision)
)
 WITHOUT ROWID

;
INSERT INTO "visit_revision" VALUES('gate-1','v1',0,'i1',1);
INSERT INTO "visit_revision" VALUES('gate-1','v1',1,'i1',2);
INSERT INTO "visit_revision" VALUES('gate-1','v2',0,'i1',3);
INSERT INTO "visit_revision" VALUES('gate-2','v9',0,'i1',1);
CREATE TABLE webhook (
	name TEXT NOT NULL, 
	site TEXT NOT NULL, 
	url TEXT NOT NULL, 
	secret TEXT NOT NULL, 
	events TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	made_ms BIGINT NOT NULL, 
	since_ms BIGINT NOT NULL, 
	failures INTEGER NOT NULL, 
	last_ms BIGINT, 
	last_answer TEXT NOT NULL, 
	disabled_ms BIGINT, 
	disabled_why TEXT NOT NULL, 
	PRIMARY KEY (name)
);
CREATE INDEX alarm_feed ON alarm (feed);
CREATE INDEX dead_letter_gate ON dead_letter (gate);
CREATE INDEX gate_feed ON gate (feed);
CREATE INDEX recheck_case_feed ON recheck_case (feed);
CREATE INDEX recheck_case_visit ON recheck_case (gate, visit);
CREATE INDEX session_expires ON session (expires_ms);
CREATE INDEX visit_feed ON visit (feed);
CREATE INDEX visit_gate_shown ON visit (gate, shown_at_ms, verdict);
CREATE INDEX visit_shown ON visit (shown_at_ms, number);
CREATE INDEX event_doubted ON event (gate, boot) WHERE NOT clock_ok;
CREATE INDEX data_gap_gate ON data_gap (gate, install);
CREATE INDEX invitation_gate ON invitation (gate);
CREATE INDEX gate_certificate_gate ON gate_certificate (gate);
CREATE INDEX visit_badge ON visit (badge, shown_at_ms) WHERE badge IS NOT NULL;
CREATE INDEX alarm_move_alarm ON alarm_move (gate, kind, at_ms);
CREATE INDEX alarm_move_at ON alarm_move (at_ms);
CREATE INDEX recheck_case_state ON recheck_case (state, raised_ms);
CREATE INDEX recheck_case_alarmed ON recheck_case (alarmed_ms) WHERE alarmed_ms IS NOT NULL;
CREATE INDEX notice_due ON notice (state, due_ms);
CREATE INDEX notice_made ON notice (made_ms);
CREATE INDEX event_seal ON event (seal);
CREATE INDEX alarm_move_seal ON alarm_move (seal);
CREATE INDEX session_user ON session (user);
CREATE INDEX gate_site_site ON gate_site (site);
CREATE INDEX case_entry_case ON case_entry ("case", number);
CREATE INDEX case_entry_seal ON case_entry (seal);
CREATE INDEX recheck_case_raised ON recheck_case (raised_ms, number);
CREATE INDEX audit_seal ON audit (seal);
CREATE INDEX visit_kept ON visit (shown_at_ms) WHERE erased_ms IS NULL;
CREATE INDEX event_alert ON event (gate) WHERE kind = 'alert';
CREATE INDEX staff_site ON staff (site);
CREATE INDEX staff_entry_person ON staff_entry (person, at_ms);
CREATE INDEX staff_entry_kind ON staff_entry (kind, at_ms);
CREATE INDEX staff_entry_seal ON staff_entry (seal);
CREATE INDEX roster_day ON roster (day);
CREATE INDEX roster_person ON roster (person, day);
CREATE INDEX rota_ends ON rota (ends_ms);
CREATE INDEX rota_person ON rota (person, ends_ms);
CREATE INDEX appointment_slot ON appointment (reception, begins_ms);
CREATE INDEX appointment_ends ON appointment (ends_ms);
CREATE INDEX badge_reception ON badge (reception);
CREATE INDEX visit_pass ON visit (visitor_pass) WHERE visitor_pass IS NOT NULL;
CREATE INDEX report_seal ON report (seal);
CREATE INDEX event_acts ON event (received_ms) WHERE kind = 'act';
CREATE INDEX notice_receipt ON notice (receipt_sha256);
CREATE INDEX push_device_user ON push_device (user);
CREATE INDEX asset_site ON asset (site);
CREATE INDEX facility_entry_asset ON facility_entry (asset, kind, number);
CREATE INDEX facility_entry_kind ON facility_entry (kind, at_ms);
CREATE INDEX facility_entry_seal ON facility_entry (seal);
CREATE INDEX supply_site ON supply (site);
CREATE INDEX supply_entry_supply ON supply_entry (supply, number);
CREATE INDEX supply_entry_at ON supply_entry (at_ms);
CREATE INDEX supply_entry_seal ON supply_entry (seal);
CREATE INDEX removal_seal ON removal (seal);
CREATE INDEX event_sensor ON event (received_ms) WHERE kind = 'sensor';
CREATE INDEX event_health ON event (received_ms) WHERE kind = 'health';
CREATE INDEX level_point_site ON level_point (site);
CREATE INDEX level_point_gate ON level_point (gate);
CREATE INDEX level_entry_point ON level_entry (point, number);
CREATE INDEX level_entry_at ON level_entry (at_ms);
CREATE INDEX level_entry_seal ON level_entry (seal);
CREATE INDEX round_photo_sha256 ON round_photo (sha256);
CREATE INDEX round_photo_at ON round_photo (at_ms);
CREATE INDEX newest_reading_received ON newest_reading (received_ms);
CREATE INDEX visit_hands ON visit (shown_at_ms) WHERE hands IS NOT NULL;
CREATE INDEX canteen_slot_site ON canteen_slot (site);
CREATE INDEX uvc_run_ended ON uvc_run (ended_ms);
CREATE INDEX uvc_run_event ON uvc_run (gate, install, seq);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('series_outbox',9);
INSERT INTO "sqlite_sequence" VALUES('audit',1);
COMMIT;
