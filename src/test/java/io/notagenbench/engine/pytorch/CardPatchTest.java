package io.notagenbench.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineContract;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The script for cards of a whole patch, which draws on the device. */
class CardPatchTest extends EngineContract {

    /** What makes the host wait for a value of the device. */
    private static final Pattern READ = Pattern.compile(
            "\\.item\\(|\\.tolist\\(|\\.cpu\\(|nonzero|masked_select|\\b(float|int|bool)\\(|\\.to\\(torch\\.device|torch\\.tensor\\(");

    CardPatchTest() {
        super(new CardScripts(), Decoding.FUSED, false);
    }

    @Test
    void theHostReadsOncePatchAndBehindItsLastCharacter() {
        String script = ModelScript.source(Decoding.FUSED, Precision.FP32, Device.Kind.CUDA);
        String patch = method(script, "decode_patch");
        assertThat(READ.matcher(patch).results()).hasSize(1);
        assertThat(patch.indexOf(".tolist(")).isGreaterThan(patch.indexOf("slot = 16"));
        for (String called : new String[] {"draw", "char_logits", "blocks", "attention", "linear", "linear_gelu", "head"}) {
            assertThat(READ.matcher(method(script, called)).results()).as(called).isEmpty();
        }
        String onProcessors = ModelScript.source(Decoding.FUSED, Precision.FP32, Device.Kind.CPU);
        assertThat(READ.matcher(method(onProcessors, "draw")).results()).as("it would be seen").isNotEmpty();
    }

    private static String method(String script, String name) {
        int start = script.indexOf("  def " + name + "(");
        assertThat(start).as(name).isNotNegative();
        int end = script.indexOf("\n  def ", start + 1);
        return script.substring(start, end < 0 ? script.length() : end);
    }
}
