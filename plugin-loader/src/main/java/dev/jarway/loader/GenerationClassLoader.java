package dev.jarway.loader;

import dev.jarway.loader.guard.LoopInstrumentation;
import dev.jarway.loader.leak.AdoptingLoader;
import dev.jarway.plugin.PluginIdentity;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of one generation. What the host shares comes from the host, everything else from the generation's own
 * archives and then from the plugins that it depends on. The host's class path is out of its sight.
 */
final class GenerationClassLoader extends SecureClassLoader implements AdoptingLoader, Closeable {
    static {
        registerAsParallelCapable();
    }

    private final PluginIdentity identity;
    private final List<OpenArchive> archives;
    private final List<GenerationClassLoader> dependencies;

    private record OpenArchive(JarFile jar, URL url, CodeSource source) {}

    /**
     * A loader over these archives, which it holds open until it is closed.
     *
     * @param archives the plugin's own first, then its libraries
     */
    GenerationClassLoader(
            PluginIdentity identity, List<Path> archives, HostView host, List<GenerationClassLoader> dependencies)
            throws IOException {
        super("jarway-plugin-" + identity, host);
        this.identity = identity;
        this.dependencies = List.copyOf(dependencies);
        List<OpenArchive> open = new ArrayList<>();
        try {
            for (Path archive : archives) {
                URL url = archive.toUri().toURL();
                CodeSource source = new CodeSource(url, (Certificate[]) null);
                open.add(new OpenArchive(
                        new JarFile(archive.toFile(), false, JarFile.OPEN_READ, JarFile.runtimeVersion()),
                        url,
                        source));
            }
        } catch (IOException e) {
            for (OpenArchive archive : open) {
                archive.jar().close();
            }
            throw e;
        }
        this.archives = List.copyOf(open);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (HostView.shares(name)) {
            return getParent().loadClass(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> own = findOwnClass(name);
        if (own != null) {
            return own;
        }
        for (GenerationClassLoader dependency : dependencies) {
            Class<?> theirs = dependency.loadOwnClass(name);
            if (theirs != null) {
                return theirs;
            }
        }
        throw new ClassNotFoundException(name + " (looked for in plugin " + identity + ")");
    }

    /** A class of this plugin for another one that depends on it; null if it has none of that name. */
    private @Nullable Class<?> loadOwnClass(String name) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findOwnClass(name);
        }
    }

    private @Nullable Class<?> findOwnClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        for (OpenArchive archive : archives) {
            JarEntry entry = archive.jar().getJarEntry(path);
            if (entry != null) {
                return define(name, archive, entry);
            }
        }
        return null;
    }

    private Class<?> define(String name, OpenArchive archive, JarEntry entry) throws ClassNotFoundException {
        byte[] classFile;
        try (InputStream in = archive.jar().getInputStream(entry)) {
            classFile = LoopInstrumentation.apply(in.readAllBytes());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        } catch (IllegalArgumentException e) {
            // The class file is newer than what can be read: the JVM says that best.
            throw new UnsupportedClassVersionError(name + ": " + e.getMessage());
        }
        return defineClass(name, classFile, 0, classFile.length, archive.source());
    }

    @Override
    public Class<?> adopt(String name, byte[] classFile) {
        synchronized (getClassLoadingLock(name)) {
            Class<?> adopted = findLoadedClass(name);
            return adopted != null ? adopted : defineClass(name, classFile, 0, classFile.length);
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        Enumeration<URL> found = findResources(name);
        return found.hasMoreElements() ? found.nextElement() : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        List<URL> found = new ArrayList<>(ownResources(name));
        dependencies.forEach(dependency -> found.addAll(dependency.ownResources(name)));
        return Collections.enumeration(found);
    }

    private List<URL> ownResources(String name) {
        List<URL> found = new ArrayList<>();
        for (OpenArchive archive : archives) {
            JarEntry entry = archive.jar().getJarEntry(name);
            if (entry != null) {
                found.add(url(archive, entry));
            }
        }
        return found;
    }

    private URL url(OpenArchive archive, JarEntry entry) {
        try {
            URI uri = URI.create(
                    "jar:" + archive.url() + "!/" + entry.getRealName().replace(" ", "%20"));
            return URL.of(uri, new ArchiveUrlHandler(archive.jar(), entry));
        } catch (MalformedURLException e) {
            throw new IllegalStateException("plugin " + identity + ": resource " + entry.getName(), e);
        }
    }

    /** Closes the archives. Classes that are loaded already go on working; no other can be loaded. */
    @Override
    public void close() throws IOException {
        for (OpenArchive archive : archives) {
            archive.jar().close();
        }
    }

    @Override
    public String toString() {
        return "classes of " + identity;
    }
}
