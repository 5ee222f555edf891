package dev.jarway.runtime.balance;

import static dev.jarway.runtime.balance.ServiceSketch.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Endpoints whose hosts are names. */
class NamesTest {
    private static final String ENDPOINT = "endpoints: [{ url: \"https://Orders.internal:8443\", weight: 3 }]";
    private static final String NAMED = "dns: { interval: 30s }, " + ENDPOINT;

    private final ManualTime time = new ManualTime();
    private final FakeNames names = new FakeNames();
    private final Care.Tools tools = new Care.Tools(
            time.timing(),
            (address, dialect, config) -> CompletableFuture.completedFuture(Optional.empty()),
            names,
            Runnable::run,
            new Random(1));

    @Test
    void usesTheNameUntilItHasBeenLookedUp() {
        ServiceEndpoints named = of(NAMED);
        Care care = new Care(named, tools);
        care.look();

        assertThat(addresses(named)).containsExactly("https://orders.internal:8443");
        assertThat(named.members().getFirst().endpoint().url()).hasToString("https://Orders.internal:8443");
    }

    @Test
    void usesAllAddressesEachWithTheWholeWeight() {
        names.say("orders.internal", "10.0.0.1", "10.0.0.2");
        ServiceEndpoints named = of(NAMED);
        new Care(named, tools).look();

        assertThat(addresses(named))
                .containsExactly("https://10.0.0.1:8443 (orders.internal)", "https://10.0.0.2:8443 (orders.internal)");
        assertThat(named.members()).extracting(Member::weight).containsExactly(3, 3);
        assertThat(named.members().getFirst().endpoint().url()).hasToString("https://10.0.0.1:8443");
        assertThat(named.members().getFirst().live().address().host()).isEqualTo("orders.internal");
    }

    @Test
    void looksAgainAfterTheIntervalAndKeepsWhatItKnowsOfAddressesThatStay() {
        names.say("orders.internal", "10.0.0.1", "10.0.0.2");
        ServiceEndpoints named = of(NAMED);
        Care care = new Care(named, tools);
        care.look();
        LiveEndpoint second = named.members().get(1).live();
        names.say("orders.internal", "10.0.0.2", "10.0.0.3");

        time.pass(Duration.ofSeconds(29));
        care.look();
        assertThat(names.asked()).isEqualTo(1);
        time.pass(Duration.ofSeconds(1));
        care.look();

        assertThat(addresses(named))
                .containsExactly("https://10.0.0.2:8443 (orders.internal)", "https://10.0.0.3:8443 (orders.internal)");
        assertThat(named.members().getFirst().live()).isSameAs(second);
    }

    @Test
    void keepsTheLastGoodAnswerWhenABadOneComesAndAsksSooner() {
        names.say("orders.internal", "10.0.0.1");
        ServiceEndpoints named = of(NAMED);
        Care care = new Care(named, tools);
        care.look();
        names.forget("orders.internal");
        time.pass(Duration.ofSeconds(30));
        care.look();
        assertThat(addresses(named)).containsExactly("https://10.0.0.1:8443 (orders.internal)");

        names.say("orders.internal");
        time.pass(Duration.ofSeconds(5));
        care.look();
        assertThat(addresses(named)).containsExactly("https://10.0.0.1:8443 (orders.internal)");

        names.say("orders.internal", "10.0.0.9");
        time.pass(Duration.ofSeconds(5));
        care.look();
        assertThat(addresses(named)).containsExactly("https://10.0.0.9:8443 (orders.internal)");
    }

    @Test
    void knowsAddressesStillWhenTheServiceChanges() {
        names.say("orders.internal", "10.0.0.1");
        ServiceEndpoints before = of(NAMED);
        new Care(before, tools).look();

        ServiceEndpoints after = ServiceEndpoints.of(
                service(NAMED + ", loadBalancer: random"), 1, time.timing(), Optional.empty(), Optional.of(before));

        assertThat(after.members().getFirst().live())
                .isSameAs(before.members().getFirst().live());
    }

    @Test
    void goesByAShorterIntervalAtOnce() {
        names.say("orders.internal", "10.0.0.1");
        ServiceEndpoints before = of("dns: { interval: 10m }, " + ENDPOINT);
        Care care = new Care(before, tools);
        care.look();
        names.say("orders.internal", "10.0.0.2");

        ServiceEndpoints after = change(care, before, "dns: { interval: 2s }, " + ENDPOINT);
        time.pass(Duration.ofSeconds(2));
        care.look();

        assertThat(addresses(after)).containsExactly("https://10.0.0.2:8443 (orders.internal)");
    }

    @Test
    void keepsWhatItKnowsOfAddressesThatCameWhileAConfigurationWasBeingMade() {
        ServiceEndpoints before = of(NAMED);
        Care care = new Care(before, tools);
        ServiceEndpoints after = ServiceEndpoints.of(
                service(NAMED + ", loadBalancer: random"), 1, time.timing(), Optional.empty(), Optional.of(before));
        names.say("orders.internal", "10.0.0.1");
        care.look();

        care.adopt(after);

        assertThat(after.members().getFirst().live())
                .isSameAs(before.members().getFirst().live());
    }

    @Test
    void tellsRequestsThatBeganOnAnEarlierConfigurationOfNewAddresses() {
        names.say("orders.internal", "10.0.0.1");
        ServiceEndpoints before = of(NAMED);
        Care care = new Care(before, tools);
        care.look();
        ServiceEndpoints after = change(care, before, NAMED + ", loadBalancer: random");
        names.say("orders.internal", "10.0.0.2");

        time.pass(Duration.ofSeconds(30));
        care.look();
        care.lead(before);

        assertThat(addresses(before)).containsExactly("https://10.0.0.2:8443 (orders.internal)");
        assertThat(before.pick(0, Pick.any()).orElseThrow().live())
                .isSameAs(after.members().getFirst().live());
    }

    @Test
    void forgetsTheAddressesOfANameThatGoes() {
        names.say("orders.internal", "10.0.0.1");
        ServiceEndpoints before = of(NAMED);
        Care care = new Care(before, tools);
        care.look();
        names.forget("orders.internal");

        ServiceEndpoints without = change(care, before, "endpoints: [{ url: \"http://10.0.0.9\" }]");
        ServiceEndpoints again = change(care, without, NAMED);

        assertThat(addresses(again)).containsExactly("https://orders.internal:8443");
    }

    @Test
    void looksNoAddressUp() {
        Care care = new Care(of("endpoints: [{ url: \"http://10.0.0.1\" }, { url: \"http://[fd00::1]:80\" }]"), tools);

        care.look();

        assertThat(names.asked()).isZero();
    }

    @Test
    void takesAddressesOfIPv4WhereThereAreBothKinds() throws UnknownHostException {
        InetAddress six = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        InetAddress four = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});

        assertThat(SystemNames.chosen(new InetAddress[] {six, four, four})).isEqualTo(List.of("127.0.0.1"));
        assertThat(SystemNames.chosen(new InetAddress[] {six})).isEqualTo(List.of("0:0:0:0:0:0:0:1"));
    }

    private ServiceEndpoints of(String keys) {
        return ServiceEndpoints.of(service(keys), 1, time.timing(), Optional.empty(), Optional.empty());
    }

    /** Configures the service otherwise. */
    private ServiceEndpoints change(Care care, ServiceEndpoints before, String keys) {
        ServiceEndpoints after =
                ServiceEndpoints.of(service(keys), 1, time.timing(), Optional.empty(), Optional.of(before));
        care.adopt(after);
        return after;
    }

    private static List<String> addresses(ServiceEndpoints endpoints) {
        return endpoints.members().stream()
                .map(member -> member.live().address().toString())
                .toList();
    }
}
