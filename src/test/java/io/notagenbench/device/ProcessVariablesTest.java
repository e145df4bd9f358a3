package io.notagenbench.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class ProcessVariablesTest {

    private static String ofTheProcess(String name) {
        return (String) Jna.function("getenv").invoke(String.class, new Object[] {name});
    }

    @Test
    void nativeCodeReadsWhatIsSet() {
        ProcessVariables.setDefault("NOTAGEN_BENCH_TEST", "a value");
        assertThat(ofTheProcess("NOTAGEN_BENCH_TEST")).isEqualTo("a value");
    }

    @Test
    void whatThePersonHasSetIsKept() {
        String path = ofTheProcess("PATH");
        assertThat(path).isNotEmpty();
        ProcessVariables.setDefault("PATH", "/nowhere");
        assertThat(ofTheProcess("PATH")).isEqualTo(path);
    }
}
