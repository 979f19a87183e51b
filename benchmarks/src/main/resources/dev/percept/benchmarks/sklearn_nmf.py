"""scikit-learn's NMF on a matrix in a file, once for each line on standard input.

Arguments: matrix.npy, number of concepts. Answers each line with
"seconds cpu_seconds relative_error sweeps"; "ready VERSION" comes first, when the matrix has been read.
"""

import sys
import time

import numpy as np
import sklearn
from sklearn.decomposition import NMF

a = np.load(sys.argv[1])
print("ready", sklearn.__version__, flush=True)
for _ in sys.stdin:
    model = NMF(int(sys.argv[2]), init="nndsvda", solver="cd", tol=1e-4, max_iter=200, random_state=0)
    start, cpu = time.perf_counter(), time.process_time()
    codes = model.fit_transform(a)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    squares = 0.0
    for i in range(0, len(a), 1000):
        rest = a[i : i + 1000] - codes[i : i + 1000] @ model.components_
        squares += float(np.square(rest, dtype=np.float64).sum())
    total = float(np.square(a, dtype=np.float64).sum())
    print(seconds, cpu, (squares / total) ** 0.5, model.n_iter_, flush=True)
