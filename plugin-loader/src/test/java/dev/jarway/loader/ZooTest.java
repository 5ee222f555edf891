package dev.jarway.loader;

import static dev.jarway.loader.Leak.cleaned;
import static dev.jarway.loader.Leak.harmless;
import static dev.jarway.loader.Leak.inTheHeap;
import static dev.jarway.loader.Leak.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.loader.Leak.Expected;
import dev.jarway.loader.holder.LeakReport;
import dev.jarway.loader.holder.Places;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The leak zoo: one plugin for each way of leaking. Each is cleaned, or its holder is named. */
final class ZooTest extends LoaderFixture {
    private final HostWorker host = new HostWorker();

    static List<Leak> rows() {
        return List.of(
                cleaned("a JDBC driver", "jdbc-driver", "Proxy", """
                    java.sql.DriverManager.registerDriver((java.sql.Driver) java.lang.reflect.Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {java.sql.Driver.class, Mine.class},
                        (proxy, method, arguments) -> method.getName().equals("equals") ? proxy == arguments[0]
                            : method.getName().equals("hashCode") ? 1 : null));
                    """),
                cleaned("an MBean", "mbean", "acme:type=Bean", """
                    java.lang.management.ManagementFactory.getPlatformMBeanServer()
                        .registerMBean(new Bean(), new javax.management.ObjectName("acme:type=Bean"));
                    """),
                cleaned(
                        "a listener at a garbage collector's MBean",
                        "notification-listener",
                        "type=GarbageCollector",
                        """
                        for (var bean : java.lang.management.ManagementFactory.getGarbageCollectorMXBeans()) {
                            ((javax.management.NotificationEmitter) bean)
                                .addNotificationListener((notification, handback) -> {}, null, null);
                        }
                        """),
                cleaned("a security provider", "security-provider", "'Acme' of class acme.Leak", """
                    java.security.Security.addProvider(new java.security.Provider("Acme", "1", "Acme's") {});
                    """),
                cleaned(
                        "a handler of java.util.logging",
                        "jul-logger",
                        "logger 'acme.leak': handler acme.Leak$Handling",
                        """
                        kept = java.util.logging.Logger.getLogger("acme.leak");
                        java.util.logging.Logger.getLogger("acme.leak").addHandler(new Handling());
                        """),
                cleaned("a formatter on a handler of the JDK's", "jul-logger", "logger '': formatter acme.Leak", """
                    var handler = new java.util.logging.ConsoleHandler();
                    handler.setFormatter(new java.util.logging.SimpleFormatter() {});
                    java.util.logging.Logger.getLogger("").addHandler(handler);
                    """),
                cleaned("a shutdown hook", "shutdown-hook", "'acme-hook'", """
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> {}, "acme-hook"));
                    """),
                cleaned(
                        "the default uncaught exception handler",
                        "jvm-default",
                        "default uncaught exception handler: acme.Leak",
                        "Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {});"),
                cleaned("the Authenticator", "jvm-default", "Authenticator: acme.Leak", """
                    java.net.Authenticator.setDefault(new java.net.Authenticator() {});
                    """),
                cleaned("the ProxySelector", "jvm-default", "ProxySelector: acme.Leak", """
                    java.net.ProxySelector.setDefault(new java.net.ProxySelector() {
                        public List<java.net.Proxy> select(java.net.URI uri) { return List.of(java.net.Proxy.NO_PROXY); }
                        public void connectFailed(java.net.URI uri, java.net.SocketAddress at, java.io.IOException e) {}
                    });
                    """),
                cleaned("the CookieHandler", "jvm-default", "CookieHandler: acme.Leak", """
                    java.net.CookieHandler.setDefault(new java.net.CookieManager() {});
                    """),
                cleaned("the time zone", "jvm-default", "TimeZone: acme.Leak", """
                    TimeZone.setDefault(new SimpleTimeZone(0, "Acme") {});
                    """),
                cleaned("System.in", "jvm-default", "System.in: acme.Leak", """
                    System.setIn(new java.io.ByteArrayInputStream(new byte[0]) {});
                    """),
                cleaned("the HostnameVerifier for HTTPS", "jvm-default", "HostnameVerifier: acme.Leak", """
                    javax.net.ssl.HttpsURLConnection.setDefaultHostnameVerifier((name, session) -> false);
                    """),
                cleaned("an object in the system properties", "system-property", "'acme': a acme.Leak$Bean", """
                    System.getProperties().put("acme", new Bean());
                    """),
                cleaned("the factory of URL handlers", "url-handler", "URLStreamHandlerFactory acme.Leak", """
                    java.net.URL.setURLStreamHandlerFactory(protocol -> null);
                    """),
                cleaned("a thread of the JDK's that it was the first to need", "jdk-thread", "delayScheduler", """
                    new java.util.concurrent.CompletableFuture<String>().orTimeout(1, java.util.concurrent.TimeUnit.MILLISECONDS);
                    Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().endsWith("commonPool-delayScheduler"))
                        .forEach(thread -> thread.setContextClassLoader(getClass().getClassLoader()));
                    """),
                harmless("a cached resource bundle", """
                    ResourceBundle.getBundle("acme.Leak$Words").getString("a");
                    """),
                harmless("bean descriptions and property editors", """
                    java.beans.Introspector.getBeanInfo(Bean.class);
                    java.beans.PropertyEditorManager.registerEditor(Bean.class, Editor.class);
                    java.beans.PropertyEditorManager.registerEditor(Thread.State.class, Editor.class);
                    java.beans.PropertyEditorManager.findEditor(Thread.State.class);
                    """),
                harmless("a level of java.util.logging", """
                    var level = new Louder();
                    java.util.logging.Logger.getLogger("acme.level").setLevel(level);
                    java.util.logging.Level.parse("LOUDER");
                    """),
                harmless("serialised objects", """
                    var bytes = new java.io.ByteArrayOutputStream();
                    new java.io.ObjectOutputStream(bytes).writeObject(new Bean());
                    """),
                harmless("an HttpClient in a static field, not closed", """
                    kept = java.net.http.HttpClient.newHttpClient();
                    """),
                harmless("an executor of its own that was closed", """
                    try (var pool = java.util.concurrent.Executors.newFixedThreadPool(2)) {
                        pool.submit(() -> new Bean()).get();
                    }
                    """),
                named("a thread that runs on", "thread", "'acme-thread' (TIMED_WAITING): runs acme.Leak.", """
                    var thread = new Thread(() -> quietly(() -> { Thread.sleep(600_000); return null; }), "acme-thread");
                    thread.setDaemon(true);
                    thread.start();
                    undo = thread::interrupt;
                    """),
                named("a thread of its own class", "thread", "'acme-own' (WAITING): is of class acme.Leak$", """
                    var queue = new java.util.concurrent.LinkedBlockingQueue<String>();
                    class Own extends Thread {
                        Own() { super(new java.util.concurrent.FutureTask<>(queue::take), "acme-own"); }
                    }
                    var thread = new Own();
                    thread.setDaemon(true);
                    thread.setContextClassLoader(null);
                    thread.start();
                    undo = thread::interrupt;
                    """),
                named("a virtual thread that runs on", "virtual-thread", "\"acme-virtual\" virtual", """
                    var thread = Thread.ofVirtual().name("acme-virtual")
                        .start(() -> quietly(() -> { Thread.sleep(600_000); return null; }));
                    undo = thread::interrupt;
                    """),
                named("a ThreadLocal", "thread-local", "of thread 'host-worker': a acme.Leak$Bean", """
                    var local = new ThreadLocal<Bean>();
                    local.set(new Bean());
                    kept = local;
                    undo = local::remove;
                    """),
                named("an InheritableThreadLocal", "thread-local", "of thread 'host-worker': a acme.Leak$Bean", """
                    var local = new InheritableThreadLocal<Bean>();
                    local.set(new Bean());
                    kept = local;
                    undo = local::remove;
                    """),
                named(
                        "a ThreadLocal with a collection",
                        "thread-local",
                        "java.util.ArrayList.elementData → [0] → acme.Leak$Bean",
                        """
                        var local = ThreadLocal.withInitial(ArrayList::new);
                        local.get().add(new Bean());
                        kept = local;
                        undo = local::remove;
                        """),
                named(
                        "a Timer",
                        "timer",
                        "of thread 'acme-timer': java.util.TimerThread.queue → java.util.TaskQueue.queue → [1] →"
                                + " acme.Leak$",
                        """
                        var timer = new Timer("acme-timer", true);
                        timer.schedule(new TimerTask() { public void run() {} }, 3_600_000);
                        undo = timer::cancel;
                        """),
                named(
                        "an executor of its own",
                        "thread",
                        "has the plugin's context class loader, at jdk.internal.misc.Unsafe.park",
                        """
                        var executor = java.util.concurrent.Executors.newSingleThreadExecutor();
                        executor.submit(() -> new Bean()).get();
                        undo = executor::shutdownNow;
                        """),
                named("a task in an executor of the host's", "task", "DelayedWorkQueue.queue → [0] → ", """
                    var task = ((java.util.concurrent.ScheduledExecutorService) host())
                        .schedule(() -> new Bean(), 1, java.util.concurrent.TimeUnit.HOURS);
                    undo = () -> task.cancel(false);
                    """),
                named(
                        "the uncaught exception handler of a host's thread",
                        "task",
                        "of thread 'host-worker': java.lang.Thread.uncaughtExceptionHandler → acme.Leak",
                        """
                        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
                        undo = () -> Thread.currentThread().setUncaughtExceptionHandler(null);
                        """),
                named("a task in the common pool", "thread", "runs acme.Leak.", """
                    var task = java.util.concurrent.ForkJoinPool.commonPool()
                        .submit(() -> quietly(() -> { Thread.sleep(600_000); return null; }));
                    var worker = new Thread[1];
                    while (worker[0] == null) {
                        Thread.getAllStackTraces().forEach((thread, stack) -> {
                            if (Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("quietly"))) {
                                worker[0] = thread;
                            }
                        });
                    }
                    undo = worker[0]::interrupt;
                    """),
                named("a Cleaner in a static field", "cleaner", "of thread 'Cleaner-", """
                    var cleaner = java.lang.ref.Cleaner.create();
                    kept = List.of(cleaner, cleaner.register(cleaner, () -> {}));
                    undo = () -> {
                        ((java.lang.ref.Cleaner.Cleanable) ((List<?>) kept).get(1)).clean();
                        kept = null;
                    };
                    """),
                named(
                        "an MBean behind a class of the JDK's",
                        "mbean",
                        "acme:type=Standard of class acme.Leak$Bean",
                        """
                        var server = java.lang.management.ManagementFactory.getPlatformMBeanServer();
                        var name = new javax.management.ObjectName("acme:type=Standard");
                        server.registerMBean(new javax.management.StandardMBean(new Bean(), BeanMBean.class), name);
                        undo = () -> quietly(() -> { server.unregisterMBean(name); return null; });
                        """),
                named(
                        "a logger's resource bundle",
                        "jul-logger",
                        "logger 'acme.bundle': resource bundle acme.Leak$Words",
                        """
                        var logger = java.util.logging.Logger.getLogger("acme.bundle");
                        logger.setResourceBundle(ResourceBundle.getBundle("acme.Leak$Words"));
                        System.getProperties().put("zoo.logger", logger);
                        undo = () -> System.getProperties().remove("zoo.logger");
                        """),
                inTheHeap("a collection of the host's", "java.util.ArrayList.elementData", """
                    System.getProperties().put("zoo.list", new ArrayList<>(List.of(new Bean())));
                    undo = () -> System.getProperties().remove("zoo.list");
                    """),
                inTheHeap("a delayed CompletableFuture", "java.util.concurrent.DelayScheduler", """
                    var future = new java.util.concurrent.CompletableFuture<Bean>() {}
                        .completeOnTimeout(new Bean(), 1, java.util.concurrent.TimeUnit.HOURS);
                    undo = () -> future.complete(null);
                    """));
    }

    @Override
    Duration collectionLimit() {
        return Duration.ofMillis(700);
    }

    @AfterEach
    void endHost() {
        host.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isCleanedOrNamed(Leak leak) {
        var plugin = load(leak.plugin());
        var undo = host.leak(plugin);
        try {
            unload(plugin);
            var end = leak.makesAZombie() ? await(loader.collect(plugin)) : collected(plugin);
            leak.verify(end, plugin.leakReport());
            if (leak.expected() == Expected.IN_THE_HEAP) {
                assertThat(await(loader.pathTo(plugin))).asString().contains(leak.detail());
            }
        } finally {
            host.undo(undo);
        }
        collected(plugin);
    }

    /** Were the search switched off, or to answer nothing, each row would be red. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void wouldBeRedWereTheDetectorBlind(Leak leak) {
        if (leak.makesAZombie()) {
            assertThatThrownBy(() -> leak.verify(GenerationState.COLLECTED, LeakReport.EMPTY))
                    .isInstanceOf(AssertionError.class);
        }
        if (leak.expected() == Expected.NAMED) {
            assertThatThrownBy(() -> leak.verify(GenerationState.ZOMBIE, LeakReport.EMPTY))
                    .isInstanceOf(AssertionError.class);
        }
        if (leak.expected() == Expected.CLEANED) {
            assertThatThrownBy(() -> leak.verify(GenerationState.COLLECTED, LeakReport.EMPTY))
                    .isInstanceOf(AssertionError.class);
        }
    }

    /** What the table cannot show: that a plugin which is held by nothing but this test is told from one that is gone. */
    @Test
    void seesALeakThatNoPlaceKnowsOf() {
        var plugin = load(harmless("nothing", "").plugin());
        var held = new Object[] {plugin.factory()};
        unload(plugin);

        assertThat(await(loader.collect(plugin))).isEqualTo(GenerationState.ZOMBIE);

        held[0] = "";
        collected(plugin);
    }

    /** Those that are cleared whole say nothing, so there is nothing to expect of them. */
    @Test
    void hasARowForEachKind() {
        assertThat(rows())
                .extracting(Leak::kind)
                .containsAll(Places.all().kinds().stream()
                        .filter(kind -> !kind.equals("resource-bundle") && !kind.equals("bean-description"))
                        .toList());
    }

    private GenerationState collected(LoadedPlugin plugin) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(await(loader.collect(plugin)))
                        .as(() -> plugin.leakReport().toString())
                        .isEqualTo(GenerationState.COLLECTED));
        return plugin.state();
    }
}
