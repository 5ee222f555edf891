package dev.jarway.runtime.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.junit.jupiter.api.Test;

class DateFieldTest {

    @Test
    void writesDatesAsTheStandardHasThem() {
        // The example of RFC 9110 section 5.6.7, and a day of one digit.
        assertThat(DateField.at(784_111_777_999L)).hasToString("Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(DateField.at(784_111_778_000L)).hasToString("Sun, 06 Nov 1994 08:49:38 GMT");
    }

    @Test
    void leavesADateThatIsThere() {
        MultiMap fields = HttpHeaders.headers().add("date", "yesterday");
        DateField.complete(fields);

        assertThat(fields.getAll("Date")).containsExactly("yesterday");
    }
}
