package org.guiling.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.guiling.evidence.content.EvidenceVersion;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.evidence.format.FileType;
import org.guiling.evidence.image.Images;
import org.guiling.item.Item;
import org.guiling.item.record.HeldFile;
import org.guiling.item.record.MeasureFiles;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of evidence; nothing here asks whether somebody may. */
@Repository
class EvidenceRecords implements MeasureFiles {

    private static final String PIECES = """
            select piece.id, item.item_no, piece.measure_seq, piece.purpose, piece.round, piece.taken_from,
                   piece.purpose = 'SPOT_CHECK' and not exists (
                       select from spot_check_visit visit
                       where visit.item_no = item.item_no and visit.recorded_at >= (
                           select min(uploaded_at) from evidence_version first where first.evidence_id = piece.id)
                   ) as concealed,
                   source_item.item_no as source_item_no, piece.withdrawn_by, piece.withdrawn_at,
                   piece.withdrawn_reason, file.version, file.name, file.sha256, file.note, file.uploaded_by,
                   file.uploaded_at, content.type, content.bytes, content.pixels, content.thumbnail,
                   content.missing_since, content.changed_since, content.scanned_at, content.malware
            from evidence piece
            join item on item.id = piece.item_id
            join evidence_version file on file.evidence_id = piece.id
            join evidence_content content on content.sha256 = file.sha256
            left join evidence source on source.id = piece.taken_from
            left join item source_item on source_item.id = source.item_id
            """;
    private static final String ORDER = " order by piece.id, file.version";
    private static final String COUNTING = "purpose = 'RECTIFICATION' and withdrawn_at is null";

    private final JdbcClient jdbc;
    private final EvidenceProperties properties;
    private final Clock clock;

    EvidenceRecords(JdbcClient jdbc, EvidenceProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /** All of an item, also what was withdrawn, the oldest first. */
    List<Evidence> of(String itemNo) {
        return pieces(jdbc.sql(PIECES + "where item.item_no = ?" + ORDER).param(itemNo));
    }

    /**
     * A piece of an item, as it is there for a reader.
     *
     * @throws RefusedException when there is none
     */
    Evidence get(String itemNo, long id, Person reader) {
        return find(id).filter(evidence -> evidence.itemNo().equals(itemNo) && evidence.isShownTo(reader))
                .orElseThrow(() -> RefusedException.notFound("refusal.evidence.unknown", Long.toString(id)));
    }

    /** The measure's evidence with this content, if any. */
    Optional<Evidence> held(String itemNo, Integer measure, Evidence.Purpose purpose, String sha256) {
        return of(itemNo).stream()
                .filter(evidence -> !evidence.isWithdrawn()
                        && evidence.purpose() == purpose
                        && Objects.equals(evidence.measure(), measure)
                        && evidence.current().sha256().equals(sha256))
                .findFirst();
    }

    Optional<Evidence> find(long id) {
        return pieces(jdbc.sql(PIECES + "where piece.id = ?" + ORDER).param(id)).stream()
                .findFirst();
    }

    /** @throws RefusedException when the item has as many files as it may have */
    void requireRoom(Item item) {
        if (countFiles(item) >= properties.mostFilesOfItem()) {
            throw RefusedException.conflict("refusal.evidence.full", properties.mostFilesOfItem());
        }
    }

    /** The files of an item: all versions of all pieces, also of those that were withdrawn. */
    private int countFiles(Item item) {
        return jdbc.sql("""
                        select count(*) from evidence piece join evidence_version file on file.evidence_id = piece.id
                        where piece.item_id = ?""").param(item.id()).query(Integer.class).single();
    }

    @Override
    public Map<Integer, List<String>> names(Item item) {
        Map<Integer, List<String>> names = new LinkedHashMap<>();
        jdbc.sql("""
                        select piece.measure_seq, file.name
                        from evidence piece
                        join lateral (select name, sha256 from evidence_version where evidence_id = piece.id
                                      order by version desc limit 1) file on true
                        join evidence_content content on content.sha256 = file.sha256 and content.malware is null
                        where piece.item_id = ? and piece.measure_seq is not null and """ + " " + COUNTING + """

                        order by piece.measure_seq, piece.id""").param(item.id()).query((ResultSet row) -> {
            names.computeIfAbsent(row.getInt("measure_seq"), seq -> new ArrayList<>())
                    .add(row.getString("name"));
        });
        return names;
    }

    @Override
    public List<HeldFile> files(Item item) {
        return jdbc.sql("""
                        select piece.measure_seq, piece.purpose = 'VERIFICATION' as of_verifiers, file.name, file.version,
                               file.sha256
                        from evidence piece
                        join lateral (select name, version, sha256 from evidence_version
                                      where evidence_id = piece.id order by version desc limit 1) file on true
                        join evidence_content content on content.sha256 = file.sha256 and content.malware is null
                        where piece.item_id = ? and withdrawn_at is null and piece.purpose <> 'SPOT_CHECK'
                        order by piece.measure_seq nulls last, piece.id""")
                .param(item.id())
                .query((row, index) -> new HeldFile(
                        row.getObject("measure_seq", Integer.class),
                        row.getBoolean("of_verifiers"),
                        row.getString("name"),
                        row.getInt("version"),
                        row.getString("sha256")))
                .list();
    }

    /**
     * Begins a piece, without a version yet.
     *
     * @param measure may be null
     * @param takenFrom null where it is uploaded
     * @return its id
     */
    long insert(Item item, Integer measure, Evidence.Purpose purpose, Long takenFrom) {
        return jdbc.sql("""
                        insert into evidence (item_id, measure_seq, purpose, round, taken_from)
                        values (?, ?, ?, ?, ?) returning id""")
                .params(item.id(), measure, purpose.name(), item.round(), takenFrom)
                .query(Long.class)
                .single();
    }

    /** @param note may be null */
    void insertVersion(long id, int version, String name, String sha256, String note, String by) {
        jdbc.sql("""
                        insert into evidence_version (evidence_id, version, name, sha256, note, uploaded_by, uploaded_at)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(id, version, name, sha256, note, by, OffsetDateTime.now(clock))
                .update();
    }

    void withdraw(long id, String by, String reason) {
        jdbc.sql("update evidence set withdrawn_by = ?, withdrawn_at = ?, withdrawn_reason = ? where id = ?")
                .params(by, OffsetDateTime.now(clock), reason, id)
                .update();
    }

    private List<Evidence> pieces(JdbcClient.StatementSpec statement) {
        Map<Long, Evidence> pieces = new LinkedHashMap<>();
        statement.query((ResultSet row) -> {
            long id = row.getLong("id");
            if (!pieces.containsKey(id)) {
                pieces.put(id, piece(row));
            }
            pieces.get(id).versions().add(version(row));
        });
        return List.copyOf(pieces.values());
    }

    /** Without its versions, which are added row by row. */
    private static Evidence piece(ResultSet row) throws SQLException {
        String sourceItem = row.getString("source_item_no");
        String withdrawnBy = row.getString("withdrawn_by");
        return new Evidence(
                row.getLong("id"),
                row.getString("item_no"),
                row.getObject("measure_seq", Integer.class),
                Evidence.Purpose.valueOf(row.getString("purpose")),
                row.getInt("round"),
                sourceItem == null ? null : new Evidence.Source(row.getLong("taken_from"), sourceItem),
                withdrawnBy == null
                        ? null
                        : new Evidence.Withdrawal(
                                withdrawnBy,
                                row.getTimestamp("withdrawn_at").toInstant(),
                                row.getString("withdrawn_reason")),
                row.getBoolean("concealed"),
                new ArrayList<>());
    }

    private EvidenceVersion version(ResultSet row) throws SQLException {
        FileType type = FileType.valueOf(row.getString("type"));
        Long pixels = row.getObject("pixels", Long.class);
        EvidenceVersion.Scan scan = scan(row);
        boolean served = scan != EvidenceVersion.Scan.INFECTED;
        boolean decodable = pixels != null && pixels <= properties.thumbnail().mostPixels();
        return new EvidenceVersion(
                row.getInt("version"),
                row.getString("name"),
                type,
                row.getLong("bytes"),
                row.getString("sha256"),
                row.getString("note"),
                row.getString("uploaded_by"),
                row.getTimestamp("uploaded_at").toInstant(),
                served && decodable && !Boolean.FALSE.equals(row.getObject("thumbnail", Boolean.class)),
                served && type.isShownInline() && (decodable || !Images.isDecoded(type)),
                served && row.getTimestamp("missing_since") == null && row.getTimestamp("changed_since") == null,
                scan);
    }

    private static EvidenceVersion.Scan scan(ResultSet row) throws SQLException {
        if (row.getString("malware") != null) {
            return EvidenceVersion.Scan.INFECTED;
        }
        return row.getTimestamp("scanned_at") == null ? EvidenceVersion.Scan.UNSCANNED : EvidenceVersion.Scan.CLEAN;
    }
}
