package io.notagenbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {

    private static final String FILE = "weights.safetensors";
    private static final String NORM = "patch_level_decoder.base.ln_f.weight";
    private static final Weights SOME = new SyntheticWeights("some", CheckpointFixture.SMALLEST);

    private static SafetensorsFixture some() {
        return SafetensorsFixture.of(SOME);
    }

    private static float[] read(Weights weights, TensorSpec spec) {
        float[] values = new float[(int) spec.elements()];
        weights.read(spec, FloatBuffer.wrap(values));
        return values;
    }

    private static void assertSameWeights(SparseFile file) {
        try (Weights weights = Checkpoint.open(FILE, file)) {
            assertThat(weights.config()).isEqualTo(SOME.config());
            for (TensorSpec spec : TensorSpec.all(SOME.config())) {
                assertThat(read(weights, spec)).as(spec.name()).isEqualTo(read(SOME, spec));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRefused(SparseFile file, String... words) {
        assertThatThrownBy(() -> assertSameWeights(file)).isInstanceOf(Fault.class).message().startsWith(FILE + " ")
                .matches("[ -~]{20,400}").contains(words);
    }

    private static void assertRefused(UnaryOperator<String> change, String... words) {
        SafetensorsFixture fixture = some();
        String header = change.apply(fixture.header());
        assertThat(header).isNotEqualTo(fixture.header());
        assertRefused(fixture.file(header), words);
    }

    /** As save_file needs it and as save_model does it: one of the two tied matrices, either of them. */
    @Test
    void readsWhatTheLibraryWrites() {
        assertSameWeights(some().file());
        assertSameWeights(some().rename(TensorSpec.CHAR_EMBEDDING, TensorSpec.LM_HEAD).file());
        assertSameWeights(some().names(name -> "module._orig_mod." + name).file());
        assertSameWeights(some().put("extra", "I64", "[2]", new byte[16]).put("empty", "F32", "[0,5]", new byte[0])
                .put("scalar", "F32", "[]", new byte[4]).put("packed", "F4", "[3,3]", new byte[5]).file());
        SafetensorsFixture padded = some();
        assertSameWeights(padded.file(padded.header() + " ".repeat(7)));
    }

    @ParameterizedTest
    @CsvSource({"F64, 8", "BF16, 2", "F16, 2"})
    void widensAndRounds(String dtype, int bytes) throws IOException {
        SafetensorsFixture fixture = some().as(dtype, bytes, (number, into) -> {
            switch (dtype) {
                case "F64" -> into.putDouble(number);
                case "BF16" -> into.putShort((short) (Float.floatToRawIntBits(number) >> 16));
                // Zeros of either sign, all that fp16 says without a conversion.
                default -> into.putShort((short) (Float.floatToRawIntBits(number) >> 16 & 0x8000));
            }
        });
        try (Weights weights = Checkpoint.open(FILE, fixture.file())) {
            for (TensorSpec spec : TensorSpec.all(SOME.config())) {
                float[] expected = read(SOME, spec);
                float[] values = read(weights, spec);
                int kept = dtype.equals("F64") ? -1 : dtype.equals("BF16") ? 0xffff0000 : 0x80000000;
                for (int i = 0; i < values.length; i++) {
                    expected[i] = Float.intBitsToFloat(Float.floatToRawIntBits(expected[i]) & kept);
                }
                assertThat(values).as(spec.name()).isEqualTo(expected);
            }
        }
    }

    @Test
    void refusesOtherModelsAsAnyFile() {
        assertRefused(some().rename(NORM, "norm").file(), NORM, "missing");
        assertRefused(some().names(name -> "gpt." + name.substring(name.indexOf('.') + 1)).file(), "other names", "'gpt.");
        assertRefused(some().as("I8", 1, (number, into) -> into.put((byte) 1)).file(), "int8");
        assertRefused(some().as("F8_E4M3", 1, (number, into) -> into.put((byte) 1)).file(), "fp8");
        assertRefused(some().as("F32", 4, (number, into) -> into.putFloat(Float.NaN)).file(), "holds NaN");
        assertRefused(some().as("F4", 1, (number, into) -> into.put((byte) 1)).file(), "another format");
        assertRefused(new SafetensorsFixture().file(), "it is empty");
    }

    @Test
    void knowsAPartByItsName() {
        SparseFile part = some().rename(NORM, "norm").file();
        assertThatThrownBy(() -> Checkpoint.open("/weights/model-00001-of-00002.safetensors", part)).isInstanceOf(Fault.class)
                .hasMessageContaining(NORM + " is missing; the file is one of several parts; save the weights in one file");
    }

    @Test
    void refusesHeadersThatLie() {
        String norm = "\"" + NORM + "\":";
        assertRefused(header -> header.replace(norm, norm + "{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}," + norm),
                "Duplicate", NORM);
        assertRefused(header -> header.replace("\"format\":\"pt\"", "\"format\":\"pt\",\"format\":\"pt\""), "Duplicate");
        assertRefused(header -> header.replace(norm + "{", norm + "{\"dtype\":\"F32\","), "Duplicate");
        assertRefused(header -> header.replace(norm + "{\"dtype\":\"F32\",\"shape\":[64]", norm + "{\"dtype\":\"F32\",\"shape\":[65]"),
                NORM, "do not fit its shape [65] of F32");
        assertRefused(header -> header.replace(norm + "{\"dtype\":\"F32\"", norm + "{\"dtype\":\"F64\""), NORM, "do not fit");
        assertRefused(header -> header.replace(norm + "{\"dtype\":\"F32\"", norm + "{\"dtype\":32"), NORM, "not text");
        assertRefused(header -> header.replace(norm + "{\"dtype\":\"F32\",", norm + "{"), NORM, "no dtype");
        assertRefused(header -> header.replace("[64]", "[-64]"), "below 0");
        assertRefused(header -> header.replace("[64]", "[64.0]"), "whole numbers");
        assertRefused(header -> header.replace("[64]", "[9223372036854775808]"), "header");
        assertRefused(header -> header.replace("[64]", "[4294967296,4294967296]"), "shape");
        assertRefused(header -> header.replace("[64]", "[64,1,1,1,1,1,1,1,1]"), "at most 8");
        assertRefused(header -> header.replace("[64]", "\"64\""), "not a list");
        assertRefused(header -> header.replace("\"data_offsets\":[0,", "\"data_offsets\":[0,0,"), "pair of data_offsets");
        assertRefused(header -> header.replaceFirst("\"data_offsets\":\\[0,(\\d+)\\]", "\"data_offsets\":[$1,0]"), "before its");
    }

    @Test
    void refusesBytesThatOverlapOrLeaveGaps() {
        byte[] one = new byte[4];
        String entry = ",\"extra\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":";
        assertRefused(header -> header.replaceFirst("}$", entry + "[0,4]}}"), "overlap");
        assertRefused(header -> header.replaceFirst("}$", entry + "[8,12]}}"), "overlap");
        assertRefused(header -> header.replaceFirst("}$", entry + "[99999999,100000003]}}"), "'extra'", "a gap");
        assertRefused(header -> header.replaceFirst("}$", entry + "[9223372036854775803,9223372036854775807]}}"), "a gap");
        assertRefused(some().file().append(one), "4 bytes before the end");
        SafetensorsFixture longer = some().put("extra", "F32", "[1]", one);
        assertRefused(some().file(longer.header()), "cut off", "download it again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}}", "{} {}", "{\"a\":1}", "{\"a\":[]}", "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{}}}}}}", "{\"a\"}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,NaN]}}", "{'a':{}}", "{\"a\":{},}", "{//\n}"})
    void refusesHeadersThatAreNotOfTheFormat(String header) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        assertRefused(SafetensorsFixture.file(json.length, json), "damaged safetensors file");
    }

    /** The length is looked at before memory is taken for it. */
    @Test
    void takesNoMemoryForHeadersWithoutEnd() {
        byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
        assertRefused(SafetensorsFixture.file(3, json), "cut off", "3 bytes", "after 2");
        assertRefused(SafetensorsFixture.file(1L << 39, json), "549755813888 bytes", "more than any model needs");
        assertRefused(SafetensorsFixture.file(100 << 20, json).appendZeros(100 << 20), "more than any model needs");
        assertRefused(SafetensorsFixture.file(1L << 40, json), "not a checkpoint");
        assertRefused(SafetensorsFixture.file(-1, json), "not a checkpoint");
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 100_001; i++) {
            many.append(i == 0 ? "" : ",").append('"').append(i).append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        assertRefused(new SafetensorsFixture().file(many.append("}").toString()), "more than 100000 tensors");
    }

    @Test
    void refusesACutFile() throws IOException {
        SparseFile whole = some().file();
        for (double part : new double[] {0.0001, 0.001, 0.01, 0.5, 0.9999}) {
            ByteBuffer beginning = ByteBuffer.allocate((int) (part * whole.size()));
            whole.position(0);
            whole.read(beginning);
            assertRefused(new SparseFile().append(beginning.array()), "cut off");
        }
    }
}
