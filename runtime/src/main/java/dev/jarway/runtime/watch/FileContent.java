package dev.jarway.runtime.watch;

import dev.jarway.runtime.files.Sha256;

/** What a watched file holds. Two are equal if the bytes are. */
sealed interface FileContent {

    /** The bytes, which nobody changes. */
    final class Found implements FileContent {
        private final byte[] bytes;
        private final String sha256;

        Found(byte[] bytes) {
            this.bytes = bytes;
            this.sha256 = Sha256.of(bytes);
        }

        byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Found that && sha256.equals(that.sha256);
        }

        @Override
        public int hashCode() {
            return sha256.hashCode();
        }
    }

    /** The file could not be read. */
    record Unreadable(String reason) implements FileContent {}
}
