package dev.jarway.loader.isolation;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an opened JAR.
 *
 * @param jar the JAR, which is closed with its class loader
 * @param entry the entry, of the Java version that fits where the JAR has several
 */
record JarResource(JarFile jar, JarEntry entry) {

    byte[] bytes() throws IOException {
        try (var in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** Where code from this JAR comes from. Of an entry that has been read, with its signers. */
    CodeSource codeSource() throws IOException {
        return new CodeSource(jarUrl(), entry.getCodeSigners());
    }

    URL jarUrl() throws MalformedURLException {
        return Path.of(jar.getName()).toUri().toURL();
    }

    @Nullable
    Manifest manifest() throws IOException {
        return jar.getManifest();
    }

    /** Its URL, which opens the JAR anew each time it is read, and leaves nothing open. */
    URL url() {
        try {
            String path = new URI(null, null, "/" + entry.getRealName(), null).getRawPath();
            return URL.of(URI.create("jar:" + Path.of(jar.getName()).toUri() + "!" + path), new UncachedHandler());
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalArgumentException(jar.getName() + ": " + entry.getName() + ": no URL can be made", e);
        }
    }
}
