package dev.jarway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FieldNamesTest {
    private final FieldNames names = new FieldNames();

    @Test
    void keepsANameThatComesAgain() {
        assertThat(of("content-type")).isSameAs(of("content-type")).hasToString("content-type");
    }

    @Test
    void changesNoName() {
        assertThat(of("ETag")).hasToString("ETag");
        assertThat(of("etag")).hasToString("etag");
        assertThat(of("")).hasToString("");
        assertThat(of("x".repeat(200))).hasToString("x".repeat(200));
    }

    @Test
    void tellsManyNamesApart() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                assertThat(of("x-" + i + "-y")).hasToString("x-" + i + "-y");
            }
        }
    }

    private CharSequence of(String name) {
        byte[] line = ("  " + name + ": value").getBytes(StandardCharsets.US_ASCII);
        return names.of(line, 2, name.length());
    }
}
