package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.CommandLineOptions;

class JmhArgumentsTest {

    @Test
    void findsEveryFormThatJmhTakes() {
        assertThat(JmhArguments.of("-f", "1", "-p", "a=1,2", "Regexp", "--p", "b=3", "-p=c=4", "-pd=5", "-l",
                "-p", "a=6").parameters())
                .containsEntry("a", List.of("1", "2", "6"))
                .containsEntry("b", List.of("3"))
                .containsEntry("c", List.of("4"))
                .containsEntry("d", List.of("5"))
                .hasSize(4);
    }

    @Test
    void leavesProfilersAndTheValuesOfOtherOptionsAlone() {
        assertThat(JmhArguments.of("-prof", "gc", "-prof=stack", "-pro", "cl", "-jvmArgs", "-pxyz", "-wi", "0").parameters())
                .isEmpty();
    }

    @Test
    void aValueThatStandsDirectlyBehindItsOptionIsNoneOfTheNext() {
        assertThat(JmhArguments.of("Regexp", "-f1", "-p", "a=1").parameters()).containsOnlyKeys("a");
    }

    @Test
    void theOptionsAreJmhsOwn() throws Exception {
        ByteArrayOutputStream help = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(help, true, StandardCharsets.UTF_8));
        try {
            new CommandLineOptions().showHelp();
        } finally {
            System.setOut(out);
        }
        List<String> known = new ArrayList<>(JmhArguments.FLAGS);
        known.addAll(JmhArguments.WITH_VALUE);
        known.addAll(JmhArguments.WITH_LIST);
        assertThat(help.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("  -"))
                .map(line -> line.strip().split(" ")[0].substring(1))).containsExactlyInAnyOrderElementsOf(known);
    }
}
