package io.notagenbench.engine.reference;

import static io.notagenbench.checkpoint.ModelConfig.HEAD_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * NotaGen's forward pass in double precision, written to be read beside section 1 of notagen.md: the executable
 * specification. No cache, no batching, no fused step. Weights are read one tensor at a time on every call, so a model
 * of any size takes the memory of its largest tensor.
 */
public final class ReferenceForward {

    private static final double LAYER_NORM_EPSILON = 1e-5;

    private final Weights weights;
    private final ModelConfig config;

    /** @param weights stays open as long as this object is used, and is not closed by it */
    public ReferenceForward(Weights weights) {
        this.weights = weights;
        this.config = weights.config();
    }

    /**
     * The patch-level decoder.
     *
     * @param patches ids of the context, {@code count * 16} of them
     * @param count   number of patches, 1 to the rows of the model
     * @return hidden state of every patch after the final LayerNorm, {@code [count][H]}
     */
    public double[][] hiddenStates(int[] patches, int count) {
        // x = one-hot of 16 characters, times the embedding: the sum of 16 of its columns, and the bias
        double[][] x = patchEmbedding(patches, count);
        // x = x + position
        addPositions(x, TensorSpec.PATCH_POSITIONS);
        for (int layer = 0; layer < config.patchLayers(); layer++) {
            block(x, TensorSpec.patchBlock(config, layer));
        }
        return layerNorm(x, TensorSpec.patchFinalNorm(config).iterator());
    }

    /**
     * The char-level decoder, teacher-forced.
     *
     * @param hidden hidden state of the patch before, {@code [H]}
     * @param chars  characters of the patch, at least {@code count - 1} of them
     * @param count  number of positions, 1 to 17
     * @return logits at every position, {@code [count][128]}: those of {@code chars[p]} at position p
     */
    public double[][] logits(double[] hidden, int[] chars, int count) {
        float[] wte = read(TensorSpec.CHAR_EMBEDDING);
        double[][] x = new double[count][config.hidden()];
        // the hidden state of the patch takes the place of a language model's BOS
        x[0] = hidden.clone();
        // x = embedding of the character before
        for (int p = 1; p < count; p++) {
            addRow(x[p], wte, chars[p - 1]);
        }
        // x = x + position
        addPositions(x, TensorSpec.CHAR_POSITIONS);
        for (int layer = 0; layer < config.charLayers(); layer++) {
            block(x, TensorSpec.charBlock(config, layer));
        }
        double[][] y = layerNorm(x, TensorSpec.charFinalNorm(config).iterator());
        // logits = y wte^T: the head is tied to the embedding
        double[][] logits = new double[count][VOCABULARY];
        eachRow(count, p -> {
            for (int id = 0; id < VOCABULARY; id++) {
                for (int i = 0; i < config.hidden(); i++) {
                    logits[p][id] += y[p][i] * wte[id * config.hidden() + i];
                }
            }
        });
        return logits;
    }

    /** As {@link #logits(double[], int[], int)}, from a hidden state that an engine has computed. */
    public double[][] logits(float[] hidden, int[] chars, int count) {
        return logits(IntStream.range(0, hidden.length).mapToDouble(i -> hidden[i]).toArray(), chars, count);
    }

    private double[][] patchEmbedding(int[] patches, int count) {
        float[] weight = read(TensorSpec.PATCH_EMBEDDING);
        float[] bias = read(TensorSpec.PATCH_EMBEDDING_BIAS);
        int columns = PATCH_SIZE * VOCABULARY;
        double[][] x = new double[count][config.hidden()];
        eachRow(count, t -> {
            for (int h = 0; h < config.hidden(); h++) {
                x[t][h] = bias[h];
                for (int j = 0; j < PATCH_SIZE; j++) {
                    x[t][h] += weight[h * columns + VOCABULARY * j + patches[t * PATCH_SIZE + j]];
                }
            }
        });
        return x;
    }

    private void addPositions(double[][] x, String table) {
        float[] positions = read(table);
        for (int t = 0; t < x.length; t++) {
            addRow(x[t], positions, t);
        }
    }

    /** A GPT-2 block with the LayerNorms in front, in place. */
    private void block(double[][] x, List<TensorSpec> tensors) {
        Iterator<TensorSpec> next = tensors.iterator();
        // q, k, v = c_attn(ln_1(x))
        double[][] qkv = linear(layerNorm(x, next), next);
        // x = x + c_proj(softmax(q k^T / 8) v)
        add(x, linear(attention(qkv), next));
        // h = gelu(c_fc(ln_2(x)))
        double[][] h = linear(layerNorm(x, next), next);
        eachRow(h.length, t -> gelu(h[t]));
        // x = x + c_proj(h)
        add(x, linear(h, next));
    }

    /** {@code (x - mean) / sqrt(variance + eps) * weight + bias}, with the biased variance. */
    private double[][] layerNorm(double[][] x, Iterator<TensorSpec> next) {
        float[] weight = read(next.next());
        float[] bias = read(next.next());
        int size = config.hidden();
        double[][] y = new double[x.length][size];
        eachRow(x.length, t -> {
            double mean = 0;
            for (double value : x[t]) {
                mean += value / size;
            }
            double variance = 0;
            for (double value : x[t]) {
                variance += (value - mean) * (value - mean) / size;
            }
            double deviation = Math.sqrt(variance + LAYER_NORM_EPSILON);
            for (int i = 0; i < size; i++) {
                y[t][i] = (x[t][i] - mean) / deviation * weight[i] + bias[i];
            }
        });
        return y;
    }

    /** {@code x W + b} with {@code W [in, out]}. */
    private double[][] linear(double[][] x, Iterator<TensorSpec> next) {
        float[] weight = read(next.next());
        float[] bias = read(next.next());
        double[][] y = new double[x.length][bias.length];
        eachRow(x.length, t -> {
            addRow(y[t], bias, 0);
            for (int i = 0; i < x[t].length; i++) {
                addScaledRow(y[t], x[t][i], weight, i);
            }
        });
        return y;
    }

    /** Causal self-attention in heads of 64; {@code qkv [T][3H]} holds queries, keys and values side by side. */
    private double[][] attention(double[][] qkv) {
        int size = config.hidden();
        double[][] y = new double[qkv.length][size];
        eachRow(qkv.length, t -> {
            for (int head = 0; head < size; head += HEAD_SIZE) {
                // score_s = q_t . k_s / 8 for the positions up to t
                double[] score = new double[t + 1];
                for (int s = 0; s <= t; s++) {
                    for (int i = head; i < head + HEAD_SIZE; i++) {
                        score[s] += qkv[t][i] * qkv[s][size + i] / Math.sqrt(HEAD_SIZE);
                    }
                }
                softmax(score);
                // y = sum of score_s v_s
                for (int s = 0; s <= t; s++) {
                    for (int i = head; i < head + HEAD_SIZE; i++) {
                        y[t][i] += score[s] * qkv[s][2 * size + i];
                    }
                }
            }
        });
        return y;
    }

    private static void softmax(double[] x) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : x) {
            max = Math.max(max, value);
        }
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.exp(x[i] - max);
            sum += x[i];
        }
        for (int i = 0; i < x.length; i++) {
            x[i] /= sum;
        }
    }

    /** gelu_new: the approximation by tanh that GPT-2 was trained with. */
    private static void gelu(double[] x) {
        for (int i = 0; i < x.length; i++) {
            double inner = Math.sqrt(2 / Math.PI) * (x[i] + 0.044715 * x[i] * x[i] * x[i]);
            x[i] = 0.5 * x[i] * (1 + Math.tanh(inner));
        }
    }

    private static void add(double[][] x, double[][] y) {
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < x[t].length; i++) {
                x[t][i] += y[t][i];
            }
        }
    }

    private static void addRow(double[] x, float[] table, int row) {
        addScaledRow(x, 1, table, row);
    }

    private static void addScaledRow(double[] x, double factor, float[] table, int row) {
        int start = row * x.length;
        for (int i = 0; i < x.length; i++) {
            x[i] += factor * table[start + i];
        }
    }

    /** Rows are independent of each other: the one liberty this class takes to be bearable on a large model. */
    private static void eachRow(int rows, IntConsumer step) {
        IntStream.range(0, rows).parallel().forEach(step);
    }

    private float[] read(String name) {
        return read(TensorSpec.all(config).stream().filter(spec -> spec.name().equals(name)).findFirst().orElseThrow());
    }

    private float[] read(TensorSpec tensor) {
        FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(tensor.elements()));
        weights.read(tensor, values);
        return values.array();
    }
}
