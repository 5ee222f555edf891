package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final String DOCUMENT = """
            filters:
              - plugin: jwt
                config: { issuer: me, signingKey: s1, keys: [k1, k2], tokens: { a: t1, ttl: 5 }, enabled: true }
                rules:
                  - { match: { hosts: [a] }, config: { secret: r1 } }
                  - { match: { hosts: [b] }, config: { secret: r2 } }
              - { plugin: db@1.0.0, config: { url: "jdbc:x://user:pw@host/db", pool: 5, maxTokens: 7, publicKey: p } }
            consumers:
              - { name: alice, credentials: { key-auth: { id: 1, key: a1 }, basic: { user: alice, password: "${env:P}" } } }
              - { name: bob, credentials: { key-auth: { id: 2, key: "x${env:P}" } } }
            """;
    private static final ObjectNode TREE = Documents.tree(DOCUMENT);

    @Test
    void hidesSecretsAndNothingElse() {
        assertThat(Redaction.redact(TREE)).isEqualTo(Documents.tree("""
                filters:
                  - plugin: jwt
                    config: { issuer: me, signingKey: "***", keys: ["***", "***"], tokens: { a: "***", ttl: 5 },
                              enabled: true }
                    rules:
                      - { match: { hosts: [a] }, config: { secret: "***" } }
                      - { match: { hosts: [b] }, config: { secret: "***" } }
                  - { plugin: db@1.0.0, config: { url: "***", pool: 5, maxTokens: 7, publicKey: p } }
                consumers:
                  - name: alice
                    credentials: { key-auth: { id: "***", key: "***" }, basic: { user: "***", password: "${env:P}" } }
                  - { name: bob, credentials: { key-auth: { id: "***", key: "***" } } }
                """));
    }

    @Test
    void goesByTheLastWordOfAKey() {
        var secret = List.of(
                "password",
                "dbPassword",
                "DB_PASSWORD",
                "client-secret",
                "clientSecret",
                "token",
                "accessTokens",
                "key",
                "api_key",
                "apikey",
                "APIKey",
                "Authorization",
                "passphrase",
                "credentials",
                "x.secret",
                "privateKey");
        var open = List.of(
                "name", "keyHeader", "tokenUrl", "passwordFile", "monkey", "publicKey", "secretary", "", "-", "keep");

        assertThat(secret).allSatisfy(key -> assertThat(Secrecy.of(key)).isNotEqualTo(Secrecy.NONE));
        assertThat(open).allSatisfy(key -> assertThat(Secrecy.of(key)).isEqualTo(Secrecy.NONE));
    }

    @Test
    void givesSecretsBackAfterARoundTrip() {
        assertThat(Redaction.restore(Redaction.redact(TREE), TREE).value()).isEqualTo(TREE);
    }

    @Test
    void keepsSecretsWithTheirNamesWhenElementsMove() {
        var edited = Redaction.redact(TREE);
        var bob = edited.get("consumers").get(1);
        ((ArrayNode) edited.get("consumers")).remove(1);
        ((ArrayNode) edited.get("consumers")).insert(0, bob);
        ((ArrayNode) edited.get("filters")).remove(0);
        ((ObjectNode) edited.at("/filters/0/config")).put("pool", 6).put("maxTokens", 8);

        var restored = Redaction.restore(edited, TREE).value();

        assertThat(restored.at("/consumers/0/credentials/key-auth/key").asText())
                .isEqualTo("x${env:P}");
        assertThat(restored.at("/consumers/1/credentials/key-auth/key").asText())
                .isEqualTo("a1");
        assertThat(restored.at("/filters/0/config"))
                .isEqualTo(Documents.tree("{ url: 'jdbc:x://user:pw@host/db', pool: 6, maxTokens: 8, publicKey: p }"));
    }

    @Test
    void keepsSecretsOfElementsWithoutANameWhileItIsClearWhichTheyAre() {
        var edited = Redaction.redact(TREE);
        var rules = (ArrayNode) edited.at("/filters/0/rules");
        rules.add(rules.remove(0));

        var restored = Redaction.restore(edited, TREE).value();

        assertThat(restored.at("/filters/0/rules/0/config/secret").asText()).isEqualTo("r2");
        assertThat(restored.at("/filters/0/rules/1/config/secret").asText()).isEqualTo("r1");
    }

    @Test
    void doesNotGuessWhichSecretIsMeant() {
        var edited = Redaction.redact(TREE);
        ((ArrayNode) edited.at("/filters/0/config/keys")).remove(0);
        ((ObjectNode) edited.at("/consumers/0")).put("name", "alicia");
        ((ObjectNode) edited.at("/filters/0/config")).put("issuer", "***");

        assertThat(Redaction.restore(edited, TREE).problems().stream().map(Problem::toString))
                .containsExactly(
                        "/filters/0/config/issuer: *** where no hidden value stood (expected: the value itself)",
                        "/filters/0/config/keys/0: *** where no hidden value stood (expected: the value itself)",
                        "/consumers/0/credentials/key-auth/id: *** where no hidden value stood (expected: the value itself)",
                        "/consumers/0/credentials/key-auth/key: *** where no hidden value stood (expected: the value itself)",
                        "/consumers/0/credentials/basic/user: *** where no hidden value stood (expected: the value itself)");
    }

    @Test
    void takesNewSecretsAsTheyAre() {
        var edited = Redaction.redact(TREE);
        ((ObjectNode) edited.at("/filters/0/config")).put("signingKey", "s2");

        var restored = Redaction.restore(edited, TREE).value();

        assertThat(restored.at("/filters/0/config/signingKey").asText()).isEqualTo("s2");
        assertThat(restored.at("/filters/0/config/keys/1").asText()).isEqualTo("k2");
    }

    @Test
    void looksForPasswordsInLongTextsToo() {
        var colons = Documents.tree("a: \"x://" + ":".repeat(100_000) + "\"");

        assertThat(Redaction.redact(colons)).isEqualTo(colons);
    }
}
