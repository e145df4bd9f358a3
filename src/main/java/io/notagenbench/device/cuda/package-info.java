/**
 * NVIDIA's devices: whether they can be used here, who uses them, and owning one for the life of a process. What loads
 * or asks the driver happens in the process that measures; the process that starts it only looks for files.
 */
package io.notagenbench.device.cuda;
