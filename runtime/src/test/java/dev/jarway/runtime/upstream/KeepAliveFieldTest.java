package dev.jarway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepAliveFieldTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timeout=5             | 4000
            timeout=9             | 8000
            max=99, timeout=19    | 18000
            Timeout = 29 , max=1  | 28000
            timeout=1             | 500
            timeout=0             | 0
            timeout=300           | 30000
            timeout=9999999999    | 30000
            timeout=-1            | 30000
            timeout=five          | 30000
            notimeout=5           | 30000
            max=100               | 30000
            ''                    | 30000
            """)
    void keepsAConnectionForLessThanTheEndpointDoes(String field, long millis) {
        assertThat(KeepAliveField.kept(field, Duration.ofSeconds(30))).isEqualTo(Duration.ofMillis(millis));
    }
}
