package dev.jarway.loader.heap;

/**
 * A method call on a thread's stack.
 *
 * @param methodId the text that names the method
 * @param fileId the text that names the source file; 0 if nobody knows
 * @param classSerial the number of its class
 * @param line in the source file; not positive if nobody knows
 */
record StackFrame(long methodId, long fileId, int classSerial, int line) {}
