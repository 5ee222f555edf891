package dev.jarway.loader.isolation;

import dev.jarway.loader.guard.BackwardJumps;
import dev.jarway.loader.holder.Suspect;
import dev.jarway.plugin.PluginIdentity;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * The class loader of one generation: what the gate lets through, then its own JAR, then the plugins that it depends on. Writes
 * the check of loops into every class it defines.
 *
 * <p>PF4J's own would ask its manager for the dependencies, from whatever thread loads a class; the manager is not made for
 * that. So the dependencies are fixed here from the start.
 */
final class GenerationClassLoader extends PluginClassLoader implements Suspect {
    private final long mark = ThreadLocalRandom.current().nextLong();
    private final PluginIdentity identity;
    private final JarClasspath classpath;
    private final List<GenerationClassLoader> dependencies;

    GenerationClassLoader(PluginManager manager, PluginDescriptor descriptor, HostGate gate, Candidate candidate)
            throws IOException {
        super(manager, descriptor, gate, ClassLoadingStrategy.APD);
        this.identity = candidate.identity();
        this.dependencies = candidate.dependencies();
        this.classpath =
                JarClasspath.open(candidate.jar().file(), candidate.jar().libraries());
    }

    @Override
    protected boolean shouldDelegateToParent(String className) {
        return HostGate.opens(className);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            var resource = classpath.find(name.replace('.', '/') + ".class");
            if (resource == null) {
                throw new ClassNotFoundException(name);
            }
            try {
                return define(name, resource);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private Class<?> define(String name, JarResource resource) throws IOException {
        byte[] bytes = guarded(name, resource.bytes());
        definePackage(name, resource);
        return defineClass(name, bytes, 0, bytes.length, resource.codeSource());
    }

    private static byte[] guarded(String name, byte[] classFile) {
        try {
            return BackwardJumps.guarded(classFile);
        } catch (RuntimeException e) {
            // A class that cannot be guarded does not come in: its loops could not be ended.
            throw new ClassFormatError(name + ": " + e);
        }
    }

    private void definePackage(String className, JarResource resource) throws IOException {
        int end = className.lastIndexOf('.');
        if (end < 0 || getDefinedPackage(className.substring(0, end)) != null) {
            return;
        }
        Manifest manifest = resource.manifest();
        definePackage(className.substring(0, end), manifest == null ? new Manifest() : manifest, resource.jarUrl());
    }

    @Override
    public @Nullable URL findResource(String name) {
        var resource = classpath.find(name);
        return resource == null ? null : resource.url();
    }

    @Override
    public Enumeration<URL> findResources(String name) {
        return Collections.enumeration(
                classpath.findAll(name).stream().map(JarResource::url).toList());
    }

    @Override
    protected @Nullable Class<?> loadClassFromDependencies(String className) {
        for (var dependency : dependencies) {
            try {
                return dependency.loadClass(className);
            } catch (ClassNotFoundException e) {
                // The next one may have it.
            }
        }
        return null;
    }

    @Override
    protected @Nullable URL findResourceFromDependencies(String name) {
        for (var dependency : dependencies) {
            URL own = dependency.findResource(name);
            URL url = own != null ? own : dependency.findResourceFromDependencies(name);
            if (url != null) {
                return url;
            }
        }
        return null;
    }

    @Override
    protected Collection<URL> findResourcesFromDependencies(String name) throws IOException {
        var urls = new ArrayList<URL>();
        for (var dependency : dependencies) {
            urls.addAll(Collections.list(dependency.findResources(name)));
            urls.addAll(dependency.findResourcesFromDependencies(name));
        }
        return urls;
    }

    @Override
    public void close() throws IOException {
        try (classpath) {
            super.close();
        }
    }

    PluginIdentity identity() {
        return identity;
    }

    @Override
    public ClassLoader classLoader() {
        return this;
    }

    @Override
    public long mark() {
        return mark;
    }

    @Override
    public boolean knows(String className) {
        return findLoadedClass(className) != null;
    }

    @Override
    public boolean defined(String className) {
        Class<?> loaded = findLoadedClass(className);
        return loaded != null && loaded.getClassLoader() == this;
    }

    @Override
    public Class<?> adopt(String className, byte[] classFile) {
        return defineClass(className, classFile, 0, classFile.length);
    }

    @Override
    public String toString() {
        return "plugin " + identity;
    }
}
