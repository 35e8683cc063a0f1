"""
What NumPy says of principal components, canonical correlations and reduced-rank regression of a small data set, and how far random
maps are from them: optima.json, with which the library's own closed forms are compared. Written by `python3 optima.py`.
"""
import json
import pathlib

import numpy as np

rng = np.random.default_rng(7)
T, m, n, k = 60, 6, 4, 3
X = rng.normal(size=(T, m)) @ rng.normal(size=(m, m))
Y = rng.normal(size=(T, n)) + X @ rng.normal(size=(m, n)) / 3
Vx, Vy, F = rng.normal(size=(k, m)), rng.normal(size=(k, n)), rng.normal(size=(k, m))
Wx, Wy = 0.1 * rng.normal(size=(k, m)), 0.1 * rng.normal(size=(k, n))


def root(C, p):
    values, vectors = np.linalg.eigh(C)
    return vectors @ np.diag(values**p) @ vectors.T


def projector(rows):
    return rows.T @ np.linalg.pinv(rows.T)


def distance(a, b):
    return float(np.linalg.norm(projector(a) - projector(b)) ** 2)


def moments(ridge):
    return X.T @ X / T + ridge * np.eye(m), X.T @ Y / T, Y.T @ Y / T + ridge * np.eye(n)


Cxx, Cxy, Cyy = moments(0)
values, vectors = np.linalg.eigh(Cxx)
components = vectors[:, ::-1].T
U, rho, Vt = np.linalg.svd(root(Cxx, -0.5) @ Cxy @ root(Cyy, -0.5))
x, y = U.T @ root(Cxx, -0.5), Vt @ root(Cyy, -0.5)
spread = Vx @ Cxx @ Vx.T + Vy @ Cyy @ Vy.T
N = root(spread, -0.5)
caught = np.trace((N @ Vx) @ Cxy @ (N @ Vy).T)
z = X @ Vx.T + Y @ Vy.T


def reduced_rank(s, ridge):
    Rxx, Rxy, Ryy = moments(ridge)
    metric = s * Ryy + (1 - s) * np.eye(n)
    Sigma = np.linalg.inv(metric)
    sigma = np.linalg.svd(root(Rxx, -0.5) @ Rxy @ root(Sigma, 0.5), compute_uv=False)
    W2 = metric @ Wy.T
    power = np.trace(Sigma @ Ryy)
    loss = power - 2 * np.trace(Sigma @ W2 @ Wx @ Rxy) + np.trace(Sigma @ W2 @ Wx @ Rxx @ Wx.T @ W2.T)
    return {
        "s": s,
        "ridge": ridge,
        "value": power - np.sum(sigma[:k] ** 2),
        "power": power,
        "singularValues": sigma.tolist(),
        "loss": loss,
        "constraint": float(np.linalg.norm(Wx @ Rxx @ Wx.T - np.eye(k)) / np.sqrt(k)),
    }


result = {
    "source": f"NumPy {np.__version__}, optima.py",
    **{name: value.tolist() for name, value in dict(X=X, Y=Y, Vx=Vx, Vy=Vy, F=F, Wx=Wx, Wy=Wy).items()},
    "variances": values[::-1].tolist(),
    "correlations": rho.tolist(),
    "principalSubspace": distance(F, components[:k]),
    "leadingSubspace": distance(np.linalg.svd(F)[2][:2], components[:2]),
    "mappedSpectrum": np.linalg.eigvalsh(F @ Cxx @ F.T)[::-1].tolist(),
    "canonicalX": distance(Vx, x[:k]),
    "canonicalY": distance(Vy, y[:k]),
    "canonicalObjective": float(1 - caught / (np.sum(rho[:k]) / 2)),
    "orthonormality": float(np.linalg.norm(spread - np.eye(k)) ** 2 / k),
    "viewSpectrum": np.linalg.eigvalsh(z.T @ z / T)[::-1].tolist(),
    "reducedRank": [reduced_rank(s, ridge) for s in (0, 0.5, 1) for ridge in (0, 0.1)],
}
path = pathlib.Path(__file__).with_name("optima.json")
path.write_text(json.dumps(result, indent=1) + "\n")
