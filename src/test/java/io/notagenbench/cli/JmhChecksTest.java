package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused of JMH's own options before a run begins: JMH reads it as something else, or prints a stack trace. */
class JmhChecksTest {

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("No benchmark matches NoSuch: java -jar benchmarks.jar -l", List.of("TextBenchmark.decode", "NoSuch")),
                arguments(" It is called ForwardPassBenchmark.patchStep now.", List.of("TextBenchmark.decode", "PatchStep")),
                arguments("No benchmark matches -e NoSuch: java", List.of("TextBenchmark.decode", "-e", "NoSuch")),
                arguments("No benchmark matches -wmb NoSuch: java", List.of("TextBenchmark.decode", "-wmb", "NoSuch")),
                arguments("Did you mean TextBenchmark.decode?", List.of("Text.decode")),
                arguments("java -jar benchmarks.jar sweep quick -o FOLDER", List.of("quick")),
                arguments("-e . leaves no benchmark", List.of("TextBenchmark.decode", "-e", ".")),
                arguments("(broken is not a regular expression", List.of("TextBenchmark.decode", "-wmb", "(broken")),
                arguments("JMH's -t 2 is not possible: threads of JMH would share a session", List.of("TextBenchmark.decode", "-t", "2")),
                arguments("JMH's -t max is not possible", List.of("TextBenchmark.decode", "-t", "max")),
                arguments("JMH's -tg 1,1 is not possible", List.of("TextBenchmark.decode", "-tg", "1,1")),
                arguments("-bm foo is not possible: allowed is thrpt, avgt, sample, ss, all.", List.of("TextBenchmark.decode", "-bm", "avgt,foo")),
                arguments("-foe maybe is not possible: allowed is true, false.", List.of("TextBenchmark.decode", "-foe", "maybe")),
                arguments("-si maybe is not possible: allowed is true, false.", List.of("TextBenchmark.decode", "-si", "maybe")),
                arguments("-rf xml is not possible: allowed is text, csv, scsv, json, latex.", List.of("TextBenchmark.decode", "-rf", "xml")),
                arguments("-v loud is not possible: allowed is silent, normal, extra.", List.of("TextBenchmark.decode", "-v", "loud")),
                arguments("-wm cold is not possible: allowed is INDI, BULK, BULK_INDI.", List.of("TextBenchmark.decode", "-wm", "cold")),
                arguments("-tu h is not possible: allowed is m, s, ms, us, ns.", List.of("TextBenchmark.decode", "-tu", "h")),
                arguments("-to 1h is not possible: allowed is a time, such as 500ms or 2s.", List.of("TextBenchmark.decode", "-to", "1h")),
                arguments("-i 0 is not possible: allowed is a whole number from 1 on.", List.of("TextBenchmark.decode", "-i", "0")),
                arguments("-jvm /no/java cannot be started: No such file or directory; name the launcher of a JDK of version 17",
                        List.of("TextBenchmark.decode", "-jvm", "/no/java")),
                arguments("-jvm /bin/true is not a Java launcher", List.of("TextBenchmark.decode", "-jvm", "/bin/true")),
                arguments("Unrecognized VM option 'Foo'", List.of("TextBenchmark.decode", "-jvmArgsAppend", "-XX:+Foo")),
                arguments("-p prompt has no effect with work=two-voices", List.of("FullPieceBenchmark", "-p", "work=two-voices", "-p",
                        "prompt=Romantic/Chopin/Keyboard")),
                arguments("-prof  is not possible: allowed is the name of a profiler", List.of("TextBenchmark.decode", "-prof", "")),
                arguments("-prof cl has no options: leave out x=1.", List.of("TextBenchmark.decode", "-prof", "cl:x=1")),
                arguments("-prof gc is given twice", List.of("TextBenchmark.decode", "-prof", "gc", "-prof", "gc")),
                arguments("-prof stack cannot be used: Cannot parse argument 'x' of option lines. Its options: -prof stack:help",
                        List.of("TextBenchmark.decode", "-prof", "stack:lines=x")),
                arguments("-prof async:event=foo does not run here: Unsupported event type. Choose itimer",
                        List.of("TextBenchmark.decode", "-prof", "async:event=foo")),
                arguments("-prof async cannot write its profiles into /proc/x: the folder cannot be made. Name a folder where it"
                        + " can: -prof async:dir=", List.of("TextBenchmark.decode", "-prof", "async:dir=/proc/x")),
                arguments("-prof jfr cannot write its profiles into /dev/null: a file is in its place.",
                        List.of("TextBenchmark.decode", "-prof", "jfr:dir=/dev/null")),
                arguments("-prof jfr:configName=none is not a configuration of Flight Recorder: choose",
                        List.of("TextBenchmark.decode", "-prof", "jfr:configName=none")),
                arguments("Invalid maximum heap size: -Xmx1x", List.of("TextBenchmark.decode", "-jvmArgs", "-Xmx1x")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatJmhWouldNotRefuseIsRefused(String sentence, List<String> args) {
        assertThatThrownBy(() -> new JmhCommand().run(args.toArray(new String[0])))
                .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.exitCode()).isEqualTo(Fault.USAGE))
                .hasMessageContaining(sentence);
    }

    @Test
    void aJavaThatIsTooOldForTheForksIsRefused(@TempDir Path folder) throws IOException {
        Path launcher = Files.writeString(folder.resolve("java"), "#!/bin/sh\necho '    java.specification.version = 11' >&2\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> new JmhCommand().run("TextBenchmark.decode", "-jvm", launcher.toString()))
                .isInstanceOf(Fault.class).hasMessageStartingWith("-jvm " + launcher + " is Java 11: name the launcher of a JDK of"
                        + " version 17 or newer, such as -jvm ");
    }
}
