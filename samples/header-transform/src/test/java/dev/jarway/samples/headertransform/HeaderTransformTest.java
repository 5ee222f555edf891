package dev.jarway.samples.headertransform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.testkit.GatewayExtension;
import dev.jarway.testkit.UpstreamAnswer;
import dev.jarway.testkit.UpstreamRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on the JAR that the system property {@code plugin.jar} names. */
class HeaderTransformTest {
    @RegisterExtension
    final GatewayExtension gateway = GatewayExtension.with(Path.of(System.getProperty("plugin.jar")));

    @Test
    void changesRequests() {
        transform("""
                { request: { remove: [x-debug], rename: { x-client: x-caller }, set: { x-stage: live }, add: { x-via: here } } }
                """);

        gateway.get("/", "X-Debug", "1", "X-Client", "shop", "X-Stage", "test", "X-Via", "there");

        assertThat(sent("x-debug")).isEmpty();
        assertThat(sent("x-client")).isEmpty();
        assertThat(sent("x-caller")).containsExactly("shop");
        assertThat(sent("x-stage")).containsExactly("live");
        assertThat(sent("x-via")).containsExactly("there", "here");
    }

    @Test
    void changesResponses() {
        transform("""
                { response: { remove: [x-powered-by], rename: { x-node: x-served-by }, set: { x-stage: live }, add: { x-via: here } } }
                """);
        gateway.upstreamAnswers(request -> UpstreamAnswer.of(200)
                .withHeader("x-powered-by", "7")
                .withHeader("x-node", "a")
                .withHeader("x-stage", "test")
                .withHeader("x-via", "there"));

        var headers = gateway.get("/").headers();

        assertThat(headers.allValues("x-powered-by")).isEmpty();
        assertThat(headers.allValues("x-node")).isEmpty();
        assertThat(headers.allValues("x-served-by")).containsExactly("a");
        assertThat(headers.allValues("x-stage")).containsExactly("live");
        assertThat(headers.allValues("x-via")).containsExactly("there", "here");
    }

    @Test
    void renamesAllValuesAndLetsNoneOfTheNewNameStay() {
        transform("{ request: { rename: { x-client: x-caller } } }");

        gateway.get("/", "X-Caller", "forged", "X-Client", "a", "X-Client", "b");

        assertThat(sent("x-caller")).containsExactly("a", "b");
    }

    @Test
    void leavesTheNewNameAloneWhereThereIsNothingToRename() {
        transform("{ request: { rename: { x-client: x-caller } } }");

        gateway.get("/", "X-Caller", "shop");

        assertThat(sent("x-caller")).containsExactly("shop");
    }

    @Test
    void removesBeforeItRenamesAndRenamesBeforeItSets() {
        transform("{ request: { set: { x-a: new }, rename: { x-a: x-b }, remove: [x-b] } }");

        gateway.get("/", "X-A", "old", "X-B", "forged");

        assertThat(sent("x-a")).containsExactly("new");
        assertThat(sent("x-b")).containsExactly("old");
    }

    @Test
    void changesWhatTheGatewayAnswersItself() {
        gateway.configure("""
                filters:
                  - { plugin: header-transform, config: { response: { set: { x-stage: live } } } }
                routes: []
                """);

        var response = gateway.get("/");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("x-stage")).hasValue("live");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ request: { remove: ['x debug'] } }                | request.remove: 'x debug'",
                "{ request: { remove: [''] } }                       | request.remove: ''",
                "{ request: { rename: { x-client: 'x:caller' } } }   | request.rename: 'x:caller'",
                "{ request: { rename: { 'x/client': x-caller } } }   | request.rename: 'x/client'",
                "{ response: { set: { gr\u00fcn: a } } }             | response.set: 'gr\u00fcn'",
                "{ response: { add: { '(x)': a } } }                 | response.add: '(x)'",
            })
    void isRefusedWithNamesThatAreNoTokens(String config, String message) {
        assertThatThrownBy(() -> transform(config))
                .hasMessageContaining(message + " (expected: the name of a header field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "transfer-encoding", "connection", "te", "upgrade"})
    void isRefusedWithFieldsOfTheGateway(String name) {
        assertThatThrownBy(() -> transform("{ request: { set: { " + name + ": a } } }"))
                .hasMessageContaining(
                        "request.set: '" + name + "' (expected: a field that the gateway does not write itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\r\\nx-evil: 1", "a\\u0000", "\\u20ac"})
    void isRefusedWithValuesThatNoFieldMayHave(String value) {
        assertThatThrownBy(() -> transform("{ request: { add: { x-a: \"" + value + "\" } } }"))
                .hasMessageContaining("request.add.x-a: such a value (expected: no control characters");
    }

    private void transform(String config) {
        gateway.filters("- plugin: header-transform\n  config: " + config);
    }

    private List<String> sent(String name) {
        UpstreamRequest request = gateway.upstreamRequests().getFirst();
        return request.headers().allValues(name);
    }
}
