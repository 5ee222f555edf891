package dev.jarway.runtime.history;

import dev.jarway.runtime.config.DocumentFormat;

/**
 * The configuration of a revision.
 *
 * @param file the absolute path of the file that it belonged in
 * @param format how it was written
 * @param sha256 of the text in UTF-8, in hexadecimal
 */
public record ConfigText(String file, DocumentFormat format, String sha256) {}
