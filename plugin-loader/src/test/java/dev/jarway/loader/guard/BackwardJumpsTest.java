package dev.jarway.loader.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

final class BackwardJumpsTest {

    @Test
    void leavesAClassWithoutLoopsAsItIs() throws IOException {
        byte[] classFile = classFileOf(LoopCut.class);

        assertThat(BackwardJumps.guarded(classFile)).isSameAs(classFile);
    }

    @Test
    void leavesForwardJumpsAlone() {
        byte[] classFile = method(code -> {
            var end = new Label();
            code.visitJumpInsn(Opcodes.GOTO, end);
            code.visitLabel(end);
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            code.visitInsn(Opcodes.RETURN);
        });

        assertThat(BackwardJumps.guarded(classFile)).isSameAs(classFile);
    }

    @Test
    void checksBeforeABackwardJump() {
        byte[] classFile = method(code -> {
            var start = new Label();
            code.visitLabel(start);
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            code.visitJumpInsn(Opcodes.GOTO, start);
        });

        assertThat(checksIn(BackwardJumps.guarded(classFile))).isOne();
    }

    @Test
    void checksBeforeASwitchThatGoesBack() {
        byte[] table = method(code -> {
            var start = new Label();
            code.visitLabel(start);
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            code.visitInsn(Opcodes.ICONST_0);
            code.visitTableSwitchInsn(0, 0, start, start);
        });
        byte[] lookup = method(code -> {
            var start = new Label();
            var end = new Label();
            code.visitLabel(start);
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            code.visitInsn(Opcodes.ICONST_0);
            code.visitLookupSwitchInsn(end, new int[] {7}, new Label[] {start});
            code.visitLabel(end);
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            code.visitInsn(Opcodes.RETURN);
        });

        assertThat(checksIn(BackwardJumps.guarded(table))).isOne();
        assertThat(checksIn(BackwardJumps.guarded(lookup))).isOne();
    }

    private static byte[] classFileOf(Class<?> type) throws IOException {
        try (var in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in.readAllBytes();
        }
    }

    private static byte[] method(Consumer<MethodVisitor> code) {
        var writer = new ClassWriter(0);
        writer.visit(Opcodes.V21, Opcodes.ACC_PUBLIC, "acme/Loop", null, "java/lang/Object", null);
        var method = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "()V", null, null);
        method.visitCode();
        code.accept(method);
        method.visitMaxs(1, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static int checksIn(byte[] classFile) {
        var counter = new Counter();
        new ClassReader(classFile).accept(counter, 0);
        return counter.checks;
    }

    /** Counts the calls of the guard. */
    private static final class Counter extends ClassVisitor {
        private int checks;

        Counter() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
                    if (owner.equals("dev/jarway/loader/guard/LoopGuard")) {
                        checks++;
                    }
                }
            };
        }
    }
}
