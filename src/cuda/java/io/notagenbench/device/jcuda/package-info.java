/** NVIDIA's driver through JCuda: the part of the suite that only builds with {@code -Pcuda} have. */
package io.notagenbench.device.jcuda;
