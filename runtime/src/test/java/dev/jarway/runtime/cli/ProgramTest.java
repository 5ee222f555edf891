package dev.jarway.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProgramTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Walk walk = new Walk();

    @Test
    void showsItsHelpWithoutACommand() {
        assertThat(run()).isZero();
        assertThat(run("--help")).isZero();
        assertThat(run("-h")).isZero();

        assertThat(out.toString()).startsWith("Usage: jarway [-hV] COMMAND\n").contains("  run  ", "  upgrade  ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void showsTheHelpOfACommandInItsPlace() {
        assertThat(run("walk", "--to", "sea", "--help")).isZero();
        assertThat(run("walk", "-h")).isZero();

        assertThat(out.toString()).isEqualTo("Usage: jarway walk\nUsage: jarway walk\n");
        assertThat(walk.arguments).isNull();
    }

    @Test
    void showsTheVersionAlsoOfACommand() {
        assertThat(run("-V")).isZero();
        String alone = out.toString();
        assertThat(run("walk", "--version")).isZero();

        assertThat(alone).startsWith("jarway ").contains("\nplugin contract ", "\njava " + Runtime.version() + "\n");
        assertThat(out.toString()).isEqualTo(alone + alone);
    }

    @Test
    void handsACommandItsOptionsAndGivesItsCode() {
        assertThat(run("walk", "--to", "the sea", "--steps=3", "--quietly")).isEqualTo(7);

        assertThat(walk.to()).contains(Path.of("the sea"));
        assertThat(walk.steps).isEqualTo(3);
        assertThat(walk.quietly).isTrue();
    }

    @Test
    void keepsToTheStandardWhereNothingIsGiven() {
        assertThat(run("walk")).isEqualTo(7);

        assertThat(walk.to()).isEmpty();
        assertThat(walk.steps).isEqualTo(120);
        assertThat(walk.quietly).isFalse();
    }

    @Test
    void saysWhichCommandsThereAre() {
        assertRefused("jarway: 'wlak' is no command (expected: run or upgrade; see jarway --help)", "wlak");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        String expected = "is unknown (expected: --help, --steps, --to, --version); see jarway walk --help";

        assertRefused("jarway: walk: '--too' " + expected, "walk", "--too", "sea");
        assertRefused("jarway: walk: 'sea' " + expected, "walk", "sea");
        assertRefused("jarway: walk: '-x' " + expected, "walk", "--to", "sea", "-x");
    }

    @Test
    void refusesOptionsWithTooFewOrTooManyValues() {
        assertRefused(
                "jarway: walk: --to has no value (expected: one behind it); see jarway walk --help", "walk", "--to");
        assertRefused(
                "jarway: walk: --to has no value (expected: one behind it); see jarway walk --help",
                "walk",
                "--to",
                "--steps");
        assertRefused(
                "jarway: walk: --to has no value (expected: one behind it); see jarway walk --help", "walk", "--to=");
        assertRefused(
                "jarway: walk: --quietly has a value (expected: none); see jarway walk --help",
                "walk",
                "--quietly=yes");
        assertRefused(
                "jarway: walk: --to is given twice (expected: once); see jarway walk --help",
                "walk",
                "--to=a",
                "--to=b");
    }

    @Test
    void refusesSecondsThatAreNoNumber() {
        assertRefused(
                "jarway: walk: --steps: many (expected: a number of seconds); see jarway walk --help",
                "walk",
                "--steps",
                "many");
    }

    @Test
    void endsWithTheTraceOfACommandThatIsBroken() {
        assertThat(run("walk", "--to", "\0")).isEqualTo(1);

        assertThat(err.toString()).startsWith("java.nio.file.InvalidPathException");
    }

    @Test
    void namesEveryOptionInTheHelp() {
        for (Command command : List.of(new RunCommand(), new UpgradeCommand())) {
            assertThat(command.usage())
                    .contains(command.name(), "--help", "--version")
                    .contains(command.options());
        }
    }

    private void assertRefused(String message, String... words) {
        err.getBuffer().setLength(0);

        assertThat(run(words)).isEqualTo(2);

        assertThat(err.toString()).isEqualTo(message + "\n");
    }

    private int run(String... words) {
        return new Program(List.of(walk))
                .run(List.of(words), new Terminal(new PrintWriter(out, true), new PrintWriter(err, true)));
    }

    /** A command that notes what it is told. */
    private static final class Walk implements Command {
        private @Nullable Arguments arguments;
        private long steps;
        private boolean quietly;

        @Override
        public String name() {
            return "walk";
        }

        @Override
        public String usage() {
            return "Usage: jarway walk\n";
        }

        @Override
        public Set<String> options() {
            return Set.of("--to", "--steps");
        }

        @Override
        public Set<String> flags() {
            return Set.of("--quietly");
        }

        @Override
        public int run(Arguments given, Terminal terminal) throws WrongArgumentsException {
            arguments = given;
            steps = given.seconds("--steps", 120);
            quietly = given.has("--quietly");
            var unused = to();
            return 7;
        }

        Optional<Path> to() {
            return arguments == null ? Optional.empty() : arguments.path("--to");
        }
    }
}
