"""Pictures seen before: what they are told again by, which look alike, which may not go out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables of fingerprints, matches and bars."""
    op.create_table(
        "fingerprints",
        sa.Column("photo_id", sa.String(), nullable=False),
        sa.Column("coarse", sa.BigInteger(), nullable=False),
        sa.Column("features", sa.LargeBinary(), nullable=False),
        sa.Column("mirrored", sa.LargeBinary(), nullable=False),
        sa.Column("compared", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("photo_id", name="pk_fingerprints"),
    )
    op.create_index("ix_fingerprints_compared", "fingerprints", ["compared"])
    op.create_table(
        "photo_matches",
        sa.Column("photo_id", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.Column("inliers", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.Double(), nullable=False),
        sa.Column("mirrored", sa.Boolean(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("photo_id", "other_id", name="pk_photo_matches"),
    )
    op.create_index("ix_photo_matches_other_id", "photo_matches", ["other_id"])
    op.create_table(
        "bars",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("photo_id", sa.String(), nullable=False),
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.String(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bars"),
    )
    for column in ("photo_id", "post_id"):
        op.create_index(f"ix_bars_{column}", "bars", [column])
