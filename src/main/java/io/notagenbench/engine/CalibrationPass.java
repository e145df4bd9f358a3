package io.notagenbench.engine;

import static io.notagenbench.checkpoint.ModelConfig.HEAD_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.quantisation.TiledMatrix;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * What the linear layers of a model get on real music: a forward pass in fp32 over {@link CalibrationMusic} (notagen.md, section 1),
 * layer after layer. It uses no engine, so its values have the same bits for every backend and on every machine.
 */
final class CalibrationPass {

    /** The most patches of a piece. */
    private static final int PATCHES = 256;

    /** One patch of so many has its characters decoded: their level would get 12 times as many rows as the patch level. */
    private static final int SKIPPED = 4;

    private static final double LAYER_NORM_EPSILON = 1e-5;

    /** Rows of one task. */
    private static final int CHUNK = 64;

    private final Weights weights;
    private final ModelConfig config;
    private final List<TensorSpec> linears;
    private final List<CalibrationMusic> music = CalibrationMusic.all();

    /** How many linear layers have had their inputs. */
    private int done;
    private List<TensorSpec> block = List.of();
    /** The residual stream, {@code [rows][H]}. */
    private float[][] x;
    /** Rows of a piece, or of a patch: each begins anew. */
    private int sequence;
    /** Whether a row is of a character of its piece and not of padding. */
    private boolean[] real;
    /** Inputs of the linear layer, {@code [rows][in]}. */
    private float[][] inputs;

    /** @param weights stay open as long as this object is used */
    CalibrationPass(Weights weights) {
        this.weights = weights;
        config = weights.config();
        linears = TensorSpec.all(config).stream().filter(TensorSpec::isLinear).toList();
        sequence = Math.min(PATCHES, config.rows());
        x = embeddedPatches();
        real = new boolean[x.length];
        Arrays.fill(real, true);
    }

    /**
     * The inputs of a linear layer, an array for each row.
     *
     * @param linear its weight; layers are asked for in the order of {@link TensorSpec#all}
     */
    float[][] inputs(TensorSpec linear) {
        int wanted = linears.indexOf(linear);
        if (wanted < done) {
            throw new IllegalStateException("the inputs of " + linear.name() + " are no longer there");
        }
        while (done <= wanted) {
            step();
            done++;
        }
        return IntStream.range(0, inputs.length).filter(row -> real[row]).mapToObj(row -> inputs[row]).toArray(float[][]::new);
    }

    private void step() {
        switch (done % 4) {
            case 0 -> {
                if (done > 0) {
                    // x = x + c_proj(h)
                    add(x, linear(inputs, block.get(10), block.get(11)));
                }
                int layer = done / 4;
                if (layer == config.patchLayers()) {
                    embedCharacters();
                }
                block = layer < config.patchLayers() ? TensorSpec.patchBlock(config, layer)
                        : TensorSpec.charBlock(config, layer - config.patchLayers());
                inputs = layerNorm(x, block.get(0), block.get(1));
            }
            // q, k, v = c_attn(ln_1(x))
            case 1 -> inputs = attention(linear(inputs, block.get(2), block.get(3)));
            case 2 -> {
                // x = x + c_proj(softmax(q k^T / 8) v)
                add(x, linear(inputs, block.get(4), block.get(5)));
                inputs = layerNorm(x, block.get(6), block.get(7));
            }
            // h = gelu(c_fc(ln_2(x)))
            default -> {
                inputs = linear(inputs, block.get(8), block.get(9));
                eachRow(inputs.length, row -> gelu(inputs[row]));
            }
        }
    }

    private float[][] embeddedPatches() {
        FloatBuffer embedding = read(TensorSpec.PATCH_EMBEDDING);
        FloatBuffer bias = read(TensorSpec.PATCH_EMBEDDING_BIAS);
        FloatBuffer positions = read(TensorSpec.PATCH_POSITIONS);
        List<float[]> rows = new ArrayList<>();
        for (CalibrationMusic piece : music) {
            int[][] ids = piece.ids(sequence);
            for (int patch = 0; patch < ids.length; patch++) {
                float[] row = new float[config.hidden()];
                for (int h = 0; h < row.length; h++) {
                    row[h] = bias.get(h);
                    for (int j = 0; j < PATCH_SIZE; j++) {
                        row[h] += embedding.get((h * PATCH_SIZE + j) * VOCABULARY + ids[patch][j]);
                    }
                    row[h] += positions.get(patch * row.length + h);
                }
                rows.add(row);
            }
        }
        return rows.toArray(float[][]::new);
    }

    /** From the hidden states of patches to the characters of those that follow them. */
    private void embedCharacters() {
        List<TensorSpec> norm = TensorSpec.patchFinalNorm(config);
        float[][] hidden = layerNorm(x, norm.get(0), norm.get(1));
        FloatBuffer embedding = read(TensorSpec.CHAR_EMBEDDING);
        FloatBuffer positions = read(TensorSpec.CHAR_POSITIONS);
        List<float[]> rows = new ArrayList<>();
        List<Boolean> ofCharacters = new ArrayList<>();
        for (int piece = 0; piece < music.size(); piece++) {
            int[][] ids = music.get(piece).ids(sequence);
            for (int next = 1; next < ids.length; next += SKIPPED) {
                for (int slot = 0; slot < PATCH_SIZE; slot++) {
                    float[] row = new float[config.hidden()];
                    for (int h = 0; h < row.length; h++) {
                        float before = slot == 0 ? hidden[piece * sequence + next - 1][h]
                                : embedding.get(ids[next][slot - 1] * row.length + h);
                        row[h] = before + positions.get(slot * row.length + h);
                    }
                    rows.add(row);
                    ofCharacters.add(slot < music.get(piece).characters(next));
                }
            }
        }
        x = rows.toArray(float[][]::new);
        real = new boolean[x.length];
        for (int row = 0; row < real.length; row++) {
            real[row] = ofCharacters.get(row);
        }
        sequence = PATCH_SIZE;
    }

    private float[][] layerNorm(float[][] rows, TensorSpec weight, TensorSpec bias) {
        FloatBuffer scale = read(weight);
        FloatBuffer shift = read(bias);
        float[][] y = new float[rows.length][config.hidden()];
        eachRow(rows.length, row -> {
            double mean = 0;
            for (float value : rows[row]) {
                mean += value;
            }
            mean /= config.hidden();
            double variance = 0;
            for (float value : rows[row]) {
                variance += (value - mean) * (value - mean);
            }
            double deviation = Math.sqrt(variance / config.hidden() + LAYER_NORM_EPSILON);
            for (int h = 0; h < y[row].length; h++) {
                y[row][h] = (float) ((rows[row][h] - mean) / deviation * scale.get(h) + shift.get(h));
            }
        });
        return y;
    }

    /** {@code x W + b}. */
    private float[][] linear(float[][] rows, TensorSpec weight, TensorSpec bias) {
        int in = weight.shape().get(0);
        int out = weight.shape().get(1);
        TiledMatrix matrix = TiledMatrix.of(read(weight), in, out);
        FloatBuffer biases = read(bias);
        float[][] y = new float[rows.length][out];
        int chunks = (rows.length + CHUNK - 1) / CHUNK;
        IntStream.range(0, chunks * matrix.tiles()).parallel().forEach(task -> {
            int tile = task / chunks;
            int first = task % chunks * CHUNK;
            float[][] sums = new float[Math.min(CHUNK, rows.length - first)][matrix.width(tile)];
            for (float[] sum : sums) {
                biases.get(tile * TiledMatrix.TILE, sum);
            }
            for (int panel = 0; panel < in; panel += TiledMatrix.PANEL) {
                for (int row = 0; row < sums.length; row++) {
                    TiledMatrix.add(rows[first + row], panel, Math.min(in, panel + TiledMatrix.PANEL), matrix.tile(tile), 0, sums[row]);
                }
            }
            for (int row = 0; row < sums.length; row++) {
                System.arraycopy(sums[row], 0, y[first + row], tile * TiledMatrix.TILE, sums[row].length);
            }
        });
        return y;
    }

    /** Causal self-attention in heads of 64, within each sequence. */
    private float[][] attention(float[][] qkv) {
        int hidden = config.hidden();
        float[][] y = new float[qkv.length][hidden];
        eachRow(qkv.length, row -> {
            int start = row - row % sequence;
            double[] scores = new double[row - start + 1];
            for (int head = 0; head < hidden; head += HEAD_SIZE) {
                double largest = Double.NEGATIVE_INFINITY;
                for (int s = 0; s < scores.length; s++) {
                    scores[s] = product(qkv[row], head, qkv[start + s], hidden + head) / Math.sqrt(HEAD_SIZE);
                    largest = Math.max(largest, scores[s]);
                }
                double sum = 0;
                for (int s = 0; s < scores.length; s++) {
                    // the same bits on every machine, unlike Math
                    scores[s] = StrictMath.exp(scores[s] - largest);
                    sum += scores[s];
                }
                for (int s = 0; s < scores.length; s++) {
                    float share = (float) (scores[s] / sum);
                    for (int i = head; i < head + HEAD_SIZE; i++) {
                        y[row][i] += share * qkv[start + s][2 * hidden + i];
                    }
                }
            }
        });
        return y;
    }

    private static float product(float[] query, int from, float[] key, int keyFrom) {
        float sum = 0;
        for (int i = 0; i < HEAD_SIZE; i++) {
            sum += query[from + i] * key[keyFrom + i];
        }
        return sum;
    }

    /** gelu_new, with the tanh by an exponential function. */
    private static void gelu(float[] row) {
        for (int i = 0; i < row.length; i++) {
            double inner = Math.sqrt(2 / Math.PI) * (row[i] + 0.044715 * row[i] * row[i] * row[i]);
            row[i] = (float) (row[i] / (1 + StrictMath.exp(-2 * inner)));
        }
    }

    private static void add(float[][] rows, float[][] more) {
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < rows[row].length; i++) {
                rows[row][i] += more[row][i];
            }
        }
    }

    private static void eachRow(int rows, IntConsumer step) {
        IntStream.range(0, rows).parallel().forEach(step);
    }

    private FloatBuffer read(String name) {
        return read(TensorSpec.all(config).stream().filter(spec -> spec.name().equals(name)).findFirst().orElseThrow());
    }

    private FloatBuffer read(TensorSpec tensor) {
        FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(tensor.elements()));
        weights.read(tensor, values);
        return values.flip();
    }
}
