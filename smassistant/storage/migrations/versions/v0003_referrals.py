"""Referrals: questions to the privacy office and the texts they are about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables of referrals."""
    op.create_table(
        "referrals",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("from_review", sa.Boolean(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_referrals"),
    )
    for columns in (("post_id",), ("author",), ("state", "asked_at")):
        op.create_index(f"ix_referrals_{'_'.join(columns)}", "referrals", list(columns))
    op.create_table(
        "asked_texts",
        sa.Column("gist", sa.String(), nullable=False),
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("gist", "referral_id", name="pk_asked_texts"),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name="fk_asked_texts_referral_id"
        ),
    )
