package dev.jarway.samples.sqlauth;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.Driver;
import org.h2.jdbcx.JdbcDataSource;

/** A table of users and their API keys, in an H2 database in memory. It is there as long as a connection to it is. */
final class KeyTable implements AutoCloseable {
    private final DataSource source;
    private final Connection first;

    private KeyTable(DataSource source, Connection first) {
        this.source = source;
        this.first = first;
    }

    static KeyTable of(Map<String, String> keys) throws SQLException {
        var source = new JdbcDataSource();
        // H2 has just entered itself into DriverManager, which is the whole JVM's and would hold this plugin for ever.
        Driver.unload();
        // For the same reason no shutdown hook.
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_ON_EXIT=FALSE");
        var table = new KeyTable(source, source.getConnection());
        try {
            table.fill(keys);
            return table;
        } catch (SQLException e) {
            table.close();
            throw e;
        }
    }

    private void fill(Map<String, String> keys) throws SQLException {
        try (var create = first.createStatement()) {
            create.execute("create table api_key (digest binary(32) primary key, username varchar not null)");
        }
        try (var insert =
                first.prepareStatement("insert into api_key values (hash('SHA-256', cast(? as varchar)), ?)")) {
            for (var entry : keys.entrySet()) {
                insert.setString(1, entry.getValue());
                insert.setString(2, entry.getKey());
                insert.executeUpdate();
            }
        }
    }

    /** The user whose key it is. Blocks. */
    Optional<String> userOf(String key) throws SQLException {
        var query = "select username from api_key where digest = hash('SHA-256', cast(? as varchar))";
        try (var connection = source.getConnection();
                var select = connection.prepareStatement(query)) {
            select.setString(1, key);
            try (var found = select.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        first.close();
    }
}
