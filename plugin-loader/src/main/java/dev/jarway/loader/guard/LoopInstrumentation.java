package dev.jarway.loader.guard;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The change to a plugin's classes that makes each of their loops ask the {@link LoopGuard}. */
public final class LoopInstrumentation {
    private static final String GUARD = LoopGuard.class.getName().replace('.', '/');

    private LoopInstrumentation() {}

    /** The same class with a question before each jump backwards; the very same bytes if it has none. */
    public static byte[] apply(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        // The call takes and leaves nothing on the stack, so neither the frames nor the maxima change.
        ClassWriter writer = new ClassWriter(reader, 0);
        Loops loops = new Loops(writer);
        reader.accept(loops, 0);
        return loops.found ? writer.toByteArray() : classFile;
    }

    private static final class Loops extends ClassVisitor {
        private boolean found;

        Loops(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new Body(super.visitMethod(access, name, descriptor, signature, exceptions));
        }

        private final class Body extends MethodVisitor {
            private final Set<Label> passed = new HashSet<>();

            Body(MethodVisitor next) {
                super(Opcodes.ASM9, next);
            }

            @Override
            public void visitLabel(Label label) {
                passed.add(label);
                super.visitLabel(label);
            }

            @Override
            public void visitJumpInsn(int opcode, Label label) {
                ask(passed.contains(label));
                super.visitJumpInsn(opcode, label);
            }

            @Override
            public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
                ask(anyPassed(otherwise, labels));
                super.visitTableSwitchInsn(min, max, otherwise, labels);
            }

            @Override
            public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
                ask(anyPassed(otherwise, labels));
                super.visitLookupSwitchInsn(otherwise, keys, labels);
            }

            private boolean anyPassed(Label otherwise, Label[] labels) {
                boolean any = passed.contains(otherwise);
                for (Label label : labels) {
                    any |= passed.contains(label);
                }
                return any;
            }

            private void ask(boolean backwards) {
                if (backwards) {
                    found = true;
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "check", "()V", false);
                }
            }
        }
    }
}
