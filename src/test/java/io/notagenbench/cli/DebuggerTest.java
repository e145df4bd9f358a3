package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A debugger or a JMX port of the process that a person starts, which the processes that it starts must not take again. */
class DebuggerTest {

    private static final String JDWP = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:";
    private static final String JMX = "-Dcom.sun.management.jmxremote.authenticate=false -Dcom.sun.management.jmxremote.ssl=false"
            + " -Dcom.sun.management.jmxremote.port=";

    @TempDir
    static Path classes;

    @TempDir
    Path folder;

    @BeforeAll
    static void compileTheProbe() throws IOException {
        ProbeClasses.compile(classes);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Launch.Setting launch() {
        return Launch.in(folder).classes(classes);
    }

    private static final String[] SWEEP = {"sweep", "Probe", "--no-ruler", "-o", "run", "-f", "1", "-i", "1", "-r", "10ms"};
    private static final String[] JMH = {"Probe", "-f", "1", "-i", "1", "-r", "10ms"};

    @ParameterizedTest
    @ValueSource(strings = {JDWP, JMX})
    void flagsBehindJavaAreForTheProcessThatThePersonStarts(String flag) throws Exception {
        Launch sweep = launch().flags((flag + freePort()).split(" ")).run(SWEEP);
        assertThat(sweep.exitCode()).as(sweep.err()).isZero();
        assertThat(sweep.err()).contains("The processes that measure do not get ", flag, ": that is for this process alone.", "1 done, 0 left");
        Launch jmh = launch().flags((flag + freePort()).split(" ")).run(JMH);
        assertThat(jmh.exitCode()).as(jmh.out()).isZero();
        assertThat(jmh.err()).contains("The processes that measure do not get ", flag);
        assertThat(jmh.out()).contains("probe=null", "ProbeBenchmark.spin ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void aSweepTakesTheVariablesOut(String variable) throws Exception {
        Launch sweep = launch().environment(variable, "-Dprobe='my own' " + JDWP + freePort()).run(SWEEP);
        assertThat(sweep.exitCode()).as(sweep.err()).isZero();
        assertThat(folder.resolve("run/logs/001.log")).content().contains("probe=my own").doesNotContain("Picked up", "jdwp");
        assertThat(new ObjectMapper().readTree(folder.resolve("run/environment.json").toFile()).get("jvmFlags"))
                .extracting(flag -> flag.asText()).contains("-Dprobe=my own").noneMatch(flag -> flag.contains("jdwp"));
    }

    @Test
    void plainJmhSaysBeforeItsFirstForkThatItCannotTakeThemOut() throws Exception {
        String flag = JDWP + freePort();
        Launch jmh = launch().environment("JAVA_TOOL_OPTIONS", flag).run(JMH);
        assertThat(jmh.exitCode()).isEqualTo(2);
        assertThat(jmh.err()).contains("Every fork would get " + flag + " from JAVA_TOOL_OPTIONS, find its port taken",
                "env -u JAVA_TOOL_OPTIONS");
        assertThat(jmh.out()).doesNotContain("# Fork:");
    }

    @Test
    void flagsThatThePersonGivesToForksAreTheirs() throws Exception {
        Launch jmh = launch().flags("-Dcom.sun.management.jmxremote").run("Probe", "-f", "1", "-i", "1", "-r", "10ms", "-jvmArgs", "-Dprobe=mine");
        assertThat(jmh.out()).contains("probe=mine");
    }
}
