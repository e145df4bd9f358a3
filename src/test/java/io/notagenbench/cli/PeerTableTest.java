package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.arms.OriginalResult;
import io.notagenbench.arms.OriginalRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeerTableTest {

    @Test
    void aLineForTheOriginalAndEachArm() {
        assertThat(table(false, "abc").lines()).containsExactly(
                "model tiny, seed 3, window 64: 10 patches with 2 cuts, 1 thread on both sides, 1 round in random order",
                "original on torch 2.7.1",
                "arm                         text      seconds  ms a patch    fastest - slowest   ratio   load s",
                "original                    same        5.000      500.00      500.00 - 500.00     1.0     2.00",
                "onnx/fp32/cached            same        0.250       25.00        25.00 - 25.00    20.0     0.50",
                "pytorch/int8/cached         same        0.125       12.50        12.50 - 12.50    40.0     0.25");
    }

    @Test
    void anotherTextIsWrongInFp32AndShown() {
        assertThat(table(false, "abd")).contains("onnx/fp32/cached            WRONG ", "pytorch/int8/cached         other ",
                "onnx/fp32/cached differs at character 2 of 3: 'abd', the original has 'abc'");
    }

    @Test
    void aFullContextIsSaid() {
        assertThat(table(true, "abc")).contains("The piece is not whole");
        assertThat(table(false, "abc")).doesNotContain("not whole");
    }

    private static String table(boolean full, String text) {
        Map<String, Double> loads = new LinkedHashMap<>();
        loads.put("original", 2.0);
        loads.put("onnx/fp32/cached", 0.5);
        loads.put("pytorch/int8/cached", 0.25);
        StringWriter out = new StringWriter();
        PeerTable.write(new OriginalResult("tiny", "hash", Map.of("seed", "3", "patchLength", "64"), 1,
                Map.of("torch", "2.7.1"), loads, List.of(
                        new OriginalRun(1, 1, "onnx/fp32/cached", 10, 2, 0.25, full, text),
                        new OriginalRun(1, 2, "original", 10, 2, 5, full, "abc"),
                        new OriginalRun(1, 3, "pytorch/int8/cached", 10, 2, 0.125, full, text))),
                new PrintWriter(out));
        return out.toString();
    }
}
