package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterArgumentsTest {

    @Test
    void findsEveryFormThatJmhTakes() {
        assertThat(ParameterArguments.of("-f", "1", "-p", "a=1,2", "Regexp", "--p", "b=3", "-p=c=4", "-pd=5", "-l",
                "-p", "a=6"))
                .containsEntry("a", List.of("1", "2", "6"))
                .containsEntry("b", List.of("3"))
                .containsEntry("c", List.of("4"))
                .containsEntry("d", List.of("5"))
                .hasSize(4);
    }

    @Test
    void leavesProfilersAndTheValuesOfOtherOptionsAlone() {
        assertThat(ParameterArguments.of("-prof", "gc", "-prof=stack", "-pro", "cl", "-jvmArgs", "-pxyz", "-wi", "0"))
                .isEmpty();
    }
}
