package dev.jarway.loader.guard;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The backward jumps of a class: where its loops close, and where the check of {@link LoopGuard} goes. */
public final class BackwardJumps extends ClassVisitor {
    private static final int API = Opcodes.ASM9;
    private static final String GUARD = "dev/jarway/loader/guard/LoopGuard";

    private boolean found;

    private BackwardJumps(ClassVisitor next) {
        super(API, next);
    }

    /**
     * The class file with a check before each backward jump; the very same bytes if it has none.
     *
     * @throws RuntimeException if the bytes are no class file, or if a method outgrows 64 KiB by the checks
     */
    public static byte[] guarded(byte[] classFile) {
        var reader = new ClassReader(classFile);
        // Nothing to compute: the call takes and leaves nothing on the stack, so sizes and frames stay as they were.
        var writer = new ClassWriter(reader, 0);
        var jumps = new BackwardJumps(writer);
        reader.accept(jumps, 0);
        return jumps.found ? writer.toByteArray() : classFile;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        var next = super.visitMethod(access, name, descriptor, signature, exceptions);
        return next == null ? null : new Jumps(next);
    }

    /** The jumps of one method. */
    private final class Jumps extends MethodVisitor {
        private final Set<Label> passed = new HashSet<>();

        Jumps(MethodVisitor next) {
            super(API, next);
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label target) {
            if (passed.contains(target)) {
                check();
            }
            super.visitJumpInsn(opcode, target);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... targets) {
            checkIfBackward(otherwise, targets);
            super.visitTableSwitchInsn(min, max, otherwise, targets);
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] targets) {
            checkIfBackward(otherwise, targets);
            super.visitLookupSwitchInsn(otherwise, keys, targets);
        }

        private void checkIfBackward(Label otherwise, Label[] targets) {
            boolean backward = passed.contains(otherwise);
            for (Label target : targets) {
                backward |= passed.contains(target);
            }
            if (backward) {
                check();
            }
        }

        private void check() {
            found = true;
            super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "check", "()V", false);
        }
    }
}
