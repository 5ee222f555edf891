package dev.jarway.loader;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The way to a resource through the archive that its class loader holds open. The JDK's own way to such URLs would open the
 * file once more, and keep it in a cache after the loader is closed.
 */
final class ArchiveUrlHandler extends URLStreamHandler {
    private final JarFile archive;
    private final JarEntry entry;

    ArchiveUrlHandler(JarFile archive, JarEntry entry) {
        this.archive = archive;
        this.entry = entry;
    }

    @Override
    protected URLConnection openConnection(URL url) {
        return new EntryConnection(url);
    }

    private final class EntryConnection extends URLConnection {
        EntryConnection(URL url) {
            super(url);
        }

        @Override
        public void connect() {
            connected = true;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return archive.getInputStream(entry);
        }

        @Override
        public long getContentLengthLong() {
            return entry.getSize();
        }

        @Override
        public long getLastModified() {
            return entry.getTime();
        }
    }
}
