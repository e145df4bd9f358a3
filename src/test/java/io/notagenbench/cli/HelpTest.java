package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.params.Parameter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a new user reads first. */
class HelpTest {

    static Stream<String> commands() {
        return SuiteCommands.commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyHelpFitsIntoEightyColumns(String command) {
        Invocation help = Invocation.of(command, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("Usage: java -jar benchmarks.jar " + command);
        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "generate; pieces; 1", "generate; patches; 0", "verify; patches; 48", "verify; context; 16", "verify; backend; all",
        "verify; decoding; all", "race; patches; 24", "race; work; long", "peer; patches; 40", "sweep; pieces; 16"})
    void theDefaultsAreThoseOfTheCommand(String command, String parameter, String value) {
        assertThat(Invocation.of(command, "--help").out()).containsPattern("(?m)^  " + parameter + " +" + value + " ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "verify; context; patches in the context over which errors", "verify; patches; budget of patches of each text",
        "race; patches; budget of patches of the piece, for all rounds together", "race; work; the recorded piece whose patches",
        "generate; patches; budget of patches of a piece"})
    void theMeaningsAreThoseOfTheCommand(String command, String parameter, String words) {
        assertThat(helpOf(Invocation.of(command, "--help").out(), parameter)).contains(words);
    }

    private static String helpOf(String help, String parameter) {
        String rest = help.substring(help.indexOf("\n  " + parameter + " ") + 1);
        return String.join(" ", rest.lines().findFirst().orElseThrow(),
                rest.lines().skip(1).takeWhile(line -> line.startsWith("   ")).reduce("", (a, b) -> a + " " + b.strip()))
                .replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "generate; Every parameter takes one value.", "peer; Every parameter takes one value.",
        "race; A list, as in -p threads=1,2, is possible for patchLength, threads. Every other parameter takes one value.",
        "verify; for model, device, provider, caches, threads, backend, precision, decoding. Every other parameter takes one value.",
        "doctor; for model, device, precision, patchLength with --fit. Every other parameter takes one value.",
        "sweep; A list, as in -p seed=0,1,2, or a range, as in -p seed=0..29 or 32..256x2, is possible for every parameter."})
    void theHelpTellsWhichParametersTakeLists(String command, String rule) {
        assertThat(Invocation.of(command, "--help").out().replaceAll("\\s+", " ")).contains(rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "generate; context buffer", "verify; batch pieces buffer", "doctor; backend seed prompt work batch buffer context",
        "race; backend provider caches precision decoding context prompt timeLimit batch pieces buffer",
        "peer; backend device provider caches precision decoding context work timeLimit batch pieces buffer"})
    void whatACommandDoesNotTakeIsNeitherShownNorSwallowed(String command, String parameters) {
        String help = Invocation.of(command, "--help").out();
        for (String parameter : parameters.split(" ")) {
            assertThat(help).doesNotContainPattern("(?m)^  " + parameter + " ");
            Parameter known = Parameter.of(parameter);
            String[] needed = command.equals("peer") ? new String[] {"peer", "--checkout", "none", "--python", "none"}
                    : new String[] {command};
            Invocation run = Invocation.of(Stream.concat(Stream.of(needed), Stream.of("-p", parameter + "=" + known.defaultValue()))
                    .toArray(String[]::new));
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).startsWith(command + " does not take the parameter " + parameter).hasLineCount(1);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void whatDoctorFitsTakesIsItsOwn() {
        assertThat(Invocation.of("doctor", "--fit", "-p", "threads=2").err())
                .isEqualTo("doctor does not take the parameter threads. It takes: model, device, precision, patchLength.\n");
        assertThat(Invocation.of("doctor", "-p", "patchLength=64").err()).startsWith("doctor does not take the parameter patchLength. It takes: model,");
        assertThat(Invocation.of("doctor", "--card", "8").err()).isEqualTo("--card 8 needs --fit: give both.\n");
    }

    @Test
    void theWordsHelpAndVersionAreUnderstood(@TempDir Path folder) throws Exception {
        assertThat(Launch.in(folder).run("help").out()).contains("Commands, each with its own --help:", "  generate ",
                "-wi <int>");
        assertThat(Launch.in(folder).run("help", "generate").out()).startsWith("Usage: java -jar benchmarks.jar generate");
        assertThat(Launch.in(folder).run("version").out()).startsWith("notagen-bench ").contains("JMH 1.37");
        Launch unknown = Launch.in(folder).run("help", "genrate");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).startsWith("Unknown command genrate. Did you mean generate? Commands: generate, ");
    }

    @Test
    void theFirstPartOfTheHelpFitsIntoEightyColumns() {
        String parameters = ParameterOptions.forBenchmarks(false).help(80);
        for (Parameter parameter : Parameter.values()) {
            assertThat(parameters).containsPattern("(?m)^  " + parameter.label() + " ");
        }
        assertThat(parameters.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(HelpTable.commands(SuiteCommands.commandLine(), 80).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
}
