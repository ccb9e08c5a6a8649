package org.guiling.document;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.guiling.item.Item;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The register of issued documents; rows are only ever added. */
@Repository
class IssuedDocuments {

    private static final String COLUMNS =
            "kind, version, occasion, number, issued_on, issued_at, issued_by, reason, sha256";

    private final JdbcClient jdbc;

    IssuedDocuments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All of an item, by kind and version. */
    List<IssuedDocument> of(Item item) {
        return jdbc.sql("select " + COLUMNS + " from issued_document where item_id = ? order by kind, version")
                .param(item.id())
                .query(IssuedDocuments::issued)
                .list();
    }

    /** The last version of the document about that action. */
    Optional<IssuedDocument> latest(Item item, DocumentKind kind, String occasion) {
        return jdbc.sql("select " + COLUMNS + """
                         from issued_document where item_id = ? and kind = ? and occasion = ?
                        order by version desc limit 1""")
                .params(item.id(), kind.name(), occasion)
                .query(IssuedDocuments::issued)
                .optional();
    }

    /** The file of a version. */
    Optional<byte[]> content(Item item, DocumentKind kind, int version) {
        return jdbc.sql("select content from issued_document where item_id = ? and kind = ? and version = ?")
                .params(item.id(), kind.name(), version)
                .query(byte[].class)
                .optional();
    }

    /** The number of the next version; the item has to be locked. */
    int nextVersion(Item item, DocumentKind kind) {
        return jdbc.sql("select coalesce(max(version), 0) + 1 from issued_document where item_id = ? and kind = ?")
                .params(item.id(), kind.name())
                .query(Integer.class)
                .single();
    }

    void add(Item item, IssuedDocument issued, byte[] content) {
        jdbc.sql("""
                        insert into issued_document (item_id, kind, version, occasion, number, issued_on, issued_at,
                            issued_by, reason, content, sha256)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        item.id(),
                        issued.kind().name(),
                        issued.version(),
                        issued.occasion(),
                        issued.number(),
                        issued.issuedOn(),
                        issued.issuedAt().atOffset(ZoneOffset.UTC),
                        issued.issuedBy(),
                        issued.reason(),
                        content,
                        issued.sha256())
                .update();
    }

    private static IssuedDocument issued(ResultSet row, int index) throws SQLException {
        return new IssuedDocument(
                DocumentKind.valueOf(row.getString("kind")),
                row.getInt("version"),
                row.getString("occasion"),
                row.getString("number"),
                row.getObject("issued_on", LocalDate.class),
                row.getTimestamp("issued_at").toInstant(),
                row.getString("issued_by"),
                row.getString("reason"),
                row.getString("sha256"));
    }
}
