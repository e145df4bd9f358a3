package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InheritedFlagsTest {

    @ParameterizedTest
    @ValueSource(strings = {"-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005", "-agentpath:/opt/agent.so=port=1",
        "-javaagent:/opt/jmx_prometheus_javaagent.jar=9404:/etc/config.yaml", "-Xdebug", "-Xrunjdwp:transport=dt_socket,address=8000",
        "-Dcom.sun.management.jmxremote", "-Dcom.sun.management.jmxremote.port=9010", "-XX:+ManagementServer"})
    void whatIsForOneProcessIsNotHandedDown(String flag) {
        assertThat(InheritedFlags.of(List.of("-Xmx2g", flag, "-Djmh.ignoreLock=true"))).containsExactly("-Xmx2g", "-Djmh.ignoreLock=true");
        assertThat(InheritedFlags.kept(List.of("-Xmx2g", flag), Map.of()).orElseThrow()).contains(" do not get " + flag + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Duser.language=fa", "-Duser.country.format=IR", "-Duser.extensions=u-nu-arab"})
    void theLocaleOfThePersonIsNotHandedDownAndThatNeedsNoWord(String flag) {
        assertThat(InheritedFlags.of(List.of(flag))).isEmpty();
        assertThat(InheritedFlags.kept(List.of(flag), Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx2g", "-XX:+UseZGC", "-Xlog:gc:file=gc-%p.log", "-XX:StartFlightRecording=filename=%p.jfr", "-Duser.home=/x",
        "-Duser.languages=x", "-Djava.io.tmpdir=/x", "--add-modules=java.sql"})
    void everythingElseIs(String flag) {
        assertThat(InheritedFlags.of(List.of(flag))).containsExactly(flag);
    }

    @Test
    void aPortInTheEnvironmentIsNamedWithTheVariable() {
        Map<String, String> debugger = Map.of("JDK_JAVA_OPTIONS", "-Xmx2g '-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005'");
        assertThat(InheritedFlags.takenPort(debugger).orElseThrow())
                .startsWith("Every fork would get -agentlib:jdwp=transport=dt_socket,server=y,address=*:5005 from JDK_JAVA_OPTIONS")
                .contains("env -u JDK_JAVA_OPTIONS");
        assertThat(InheritedFlags.takenPort(Map.of("JAVA_TOOL_OPTIONS", "-Dcom.sun.management.jmxremote.port=9010"))).isPresent();
        assertThat(InheritedFlags.takenPort(Map.of("_JAVA_OPTIONS", "-Xrunjdwp:server=y,address=8000,suspend=n"))).isPresent();
    }

    @Test
    void whatFindsAPortByItselfDoesNotEndAFork() {
        Map<String, String> free = Map.of("JAVA_TOOL_OPTIONS",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n -Dcom.sun.management.jmxremote.port=0");
        assertThat(InheritedFlags.takenPort(free)).isEmpty();
        assertThat(InheritedFlags.besideTheBenchmark(free).orElseThrow()).contains("jdwp", "env -u JAVA_TOOL_OPTIONS");
        assertThat(InheritedFlags.besideTheBenchmark(Map.of("JAVA_TOOL_OPTIONS", "-Xmx2g"))).isEmpty();
    }

    @Test
    void whatForksGetFromTheEnvironmentIsNotSaidToBeKept() {
        assertThat(InheritedFlags.kept(List.of("-javaagent:a.jar", "-Xdebug"), Map.of("JAVA_TOOL_OPTIONS", "-javaagent:a.jar"))
                .orElseThrow()).contains("do not get -Xdebug:");
    }

    @Test
    void whatIsForTheHostOfAForkTheForkDoesNotGet() {
        assertThat(InheritedFlags.ofHosts(List.of("-XX:TieredStopAtLevel=4"))).as("a person has said it").isEmpty();
        List<String> host = InheritedFlags.ofHosts(List.of("-Xmx2g"));
        assertThat(host).contains("-XX:TieredStopAtLevel=1");
        List<String> flags = new ArrayList<>(host);
        flags.addAll(List.of("-Xmx2g", "-XX:TieredStopAtLevel=1"));
        assertThat(InheritedFlags.of(flags)).as("the second is the person's own").containsExactly("-Xmx2g", "-XX:TieredStopAtLevel=1");
    }
}
