// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SolutionReveals} from "./SolutionReveals.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {
    ROLE_COORDINATOR,
    PHASE_VOTE_COMMIT,
    PHASE_VOTE_REVEAL,
    STATUS_VERIFICATION_PENDING
} from "./Enumerations.sol";

/// @title Votes on revealed solutions: a panel drawn by stake (or all, where panelSize is 0) commits, then reveals.
/// @notice Stakes in wei of ATN; a vote weighs the stake at vote time, at most the stake at the draw.
abstract contract CoordinatorVoting is SolutionReveals {
    event PanelDrawn(uint256 indexed taskId, address[] panel, uint256[] stakes);
    event VoteCommitted(
        uint256 indexed taskId,
        address indexed solver,
        address indexed coordinator,
        bytes32 commitment
    );
    event CoordinatorVoted(
        uint256 indexed taskId,
        address indexed solver,
        address indexed coordinator,
        bool isCorrect,
        uint256 score
    );

    error NoPanel(uint256 taskId);
    error PanelAlreadyDrawn(uint256 taskId);
    error TooLateToDraw(uint256 taskId, uint256 currentBlock, uint256 lastBlock);
    error NotOnPanel(uint256 taskId, address coordinator);
    error NotActiveCoordinator(address caller);
    error TooManyVotes(uint256 taskId, address solver, uint256 maximum);
    error NoVoteCommitted(uint256 taskId, address solver, address coordinator);
    error WrongVoteReveal(uint256 taskId, address solver, bytes32 revealed, bytes32 committed);
    error ScoreTooHigh(uint256 score, uint256 maximum);
    error PlainVotesOff(uint256 taskId);

    /// @notice Anyone, once a task, in the vote-commit window while at least panelNoticeBlocks of it are left.
    /// Within one block every caller gets the same draw.
    function drawPanel(uint256 taskId) external {
        if (_rules[taskId].panelSize == 0) revert NoPanel(taskId);
        if (_progress[taskId].panelDrawn) revert PanelAlreadyDrawn(taskId);
        _requirePhase(taskId, PHASE_VOTE_COMMIT);
        _drawPanel(taskId);
    }

    /// @notice A coordinator of the panel, or any active one where there is none: once for each revealed solution. Who
    /// was drawn may vote with the stake that a slash has left it, unless it has asked to unstake.
    function commitVote(uint256 taskId, address solver, bytes32 commitment) external {
        _requirePhase(taskId, PHASE_VOTE_COMMIT);
        Ballot storage ballot = _openBallot(taskId, solver);
        ballot.proof = commitment;
        emit VoteCommitted(taskId, solver, msg.sender, commitment);
    }

    /// @notice Who committed, in the reveal window, also if it has asked to unstake since. Score 0–100.
    function revealVote(
        uint256 taskId,
        address solver,
        bool isCorrect,
        uint256 score,
        string calldata reportCid,
        bytes32 salt
    ) external {
        _requirePhase(taskId, PHASE_VOTE_REVEAL);
        Ballot storage ballot = _ballotOf(taskId, solver);
        if (ballot.revealed) revert AlreadyVoted(taskId, solver, msg.sender);
        bytes32 revealed = voteCommitmentFor(taskId, solver, msg.sender, isCorrect, score, reportCid, salt);
        if (revealed != ballot.proof) revert WrongVoteReveal(taskId, solver, revealed, ballot.proof);
        _cast(taskId, solver, ballot, isCorrect, score, reportCid);
    }

    /// @notice An open vote in either vote window; only where allowPlainVotes is 1.
    function submitVote(
        uint256 taskId,
        address solver,
        bool isCorrect,
        uint256 score,
        string calldata reportCid
    ) external {
        if (!_rules[taskId].allowPlainVotes) revert PlainVotesOff(taskId);
        if (taskContract.phaseOf(taskId) != PHASE_VOTE_COMMIT) _requirePhase(taskId, PHASE_VOTE_REVEAL);
        _cast(taskId, solver, _openBallot(taskId, solver), isCorrect, score, reportCid);
    }

    /// @notice What a coordinator commits to: bound to task, solver, itself and a salt.
    function voteCommitmentFor(
        uint256 taskId,
        address solver,
        address coordinator,
        bool isCorrect,
        uint256 score,
        string calldata reportCid,
        bytes32 salt
    ) public view returns (bytes32) {
        bytes32 report = keccak256(bytes(reportCid));
        return
            keccak256(abi.encode(address(this), taskId, solver, coordinator, isCorrect, score, report, salt));
    }

    /// @notice The coordinators drawn for a task and their stakes at the draw.
    function panelOf(uint256 taskId) external view returns (address[] memory panel, uint256[] memory stakes) {
        Seat[] storage seats = _panels[taskId];
        panel = new address[](seats.length);
        stakes = new uint256[](seats.length);
        for (uint256 i; i < seats.length; i++) (panel[i], stakes[i]) = (seats[i].coordinator, seats[i].stake);
    }

    /// @notice The votes revealed so far.
    function getVotes(uint256 taskId, address solver) external view returns (Vote[] memory) {
        return _revealedVotes(taskId, solver);
    }

    function getVoteCount(uint256 taskId, address solver) external view returns (uint256) {
        return _revealedVotes(taskId, solver).length;
    }

    /// @notice The index-th revealed vote.
    function votes(
        uint256 taskId,
        address solver,
        uint256 index
    )
        external
        view
        returns (
            address coordinator,
            bool isCorrect,
            uint256 score,
            uint256 stake,
            uint256 voteBlock,
            bytes32 reportHash
        )
    {
        Vote memory v = _revealedVotes(taskId, solver)[index];
        return (v.coordinator, v.isCorrect, v.score, v.stake, v.voteBlock, v.reportHash);
    }

    /// @notice Commits and reveals of a coordinator on one solution: (committed or voted, revealed).
    function ballotOf(
        uint256 taskId,
        address solver,
        address coordinator
    ) external view returns (bool exists, bool revealed) {
        Ballot[] storage ballots = _ballots[taskId][solver];
        for (uint256 i; i < ballots.length; i++) {
            if (ballots[i].coordinator == coordinator) return (true, ballots[i].revealed);
        }
    }

    /// @notice The revealed vote of a coordinator on the submission with this content, if there is one.
    function voteOnContent(
        uint256 taskId,
        bytes32 contentHash,
        address coordinator
    ) external view returns (bool voted, bool approved) {
        address[] memory solvers = taskContract.getCommittedSolvers(taskId);
        for (uint256 s; s < solvers.length; s++) {
            if (_contentHashes[taskId][solvers[s]] != contentHash) continue;
            Ballot[] storage ballots = _ballots[taskId][solvers[s]];
            for (uint256 i; i < ballots.length; i++) {
                if (ballots[i].coordinator != coordinator || !ballots[i].revealed) continue;
                voted = true;
                if (ballots[i].isCorrect) approved = true;
            }
        }
    }

    /// @notice Whether votes on a solution can be committed or revealed in this block.
    function isVotingOpen(uint256 taskId, address solver) external view returns (bool) {
        if (!_progress[taskId].truthRevealed || _contentHashes[taskId][solver] == 0) return false;
        if (_results[taskId][solver].outcome != 0) return false;
        uint8 phase = taskContract.phaseOf(taskId);
        return phase == PHASE_VOTE_COMMIT || phase == PHASE_VOTE_REVEAL;
    }

    /// @notice The first block of the vote-commit window of a revealed solution; 0 before the reveal.
    function votingStartBlock(uint256 taskId, address solver) external view returns (uint256) {
        if (_contentHashes[taskId][solver] == 0) return 0;
        return taskContract.scheduleOf(taskId).solutionEnd + 1;
    }

    function _drawPanel(uint256 taskId) private {
        Progress storage progress = _progress[taskId];
        if (!progress.truthRevealed || progress.revealedSolutions == 0) revert NothingToVoteOn(taskId);
        Rules storage rules = _rules[taskId];
        uint256 last = taskContract.scheduleOf(taskId).voteCommitEnd;
        uint256 notice = rules.panelNoticeBlocks;
        last = last > notice ? last - notice : 0;
        if (block.number > last) revert TooLateToDraw(taskId, block.number, last);
        bytes32 seed = keccak256(abi.encode(block.prevrandao, address(this), taskId));
        (address[] memory panel, uint256[] memory stakes) = staking.drawByStake(
            ROLE_COORDINATOR,
            seed,
            rules.panelSize
        );
        uint256 panelStake;
        for (uint256 i; i < panel.length; i++) {
            _panels[taskId].push(Seat(panel[i], uint96(stakes[i])));
            panelStake += stakes[i];
            staking.openDuty(panel[i]);
        }
        progress.panelDrawn = true;
        progress.panelStake = panelStake > type(uint96).max ? type(uint96).max : uint96(panelStake);
        emit PanelDrawn(taskId, panel, stakes);
        taskContract.updateTaskStatus(taskId, STATUS_VERIFICATION_PENDING);
    }

    function _openBallot(uint256 taskId, address solver) internal returns (Ballot storage ballot) {
        Progress storage progress = _progress[taskId];
        if (!progress.truthRevealed) revert NothingToVoteOn(taskId);
        if (_contentHashes[taskId][solver] == 0 || _results[taskId][solver].outcome != 0) {
            revert SolutionNotRevealed(taskId, solver);
        }
        IParticipantStaking.StakeInfo memory info = staking.getStake(msg.sender);
        uint256 stake = info.amount;
        bool hasPanel = _rules[taskId].panelSize > 0;
        if (
            !(hasPanel ? info.active && stake > 0 : staking.isActiveParticipant(msg.sender, ROLE_COORDINATOR))
        ) {
            revert NotActiveCoordinator(msg.sender);
        }
        Ballot[] storage ballots = _ballots[taskId][solver];
        if (hasPanel) {
            if (!progress.panelDrawn) _drawPanel(taskId);
            uint256 seat = _seatStake(taskId, msg.sender);
            if (stake > seat) stake = seat;
        } else {
            uint256 most = _rules[taskId].maxOpenVotes;
            if (ballots.length >= most) revert TooManyVotes(taskId, solver, most);
            if (stake > type(uint96).max) stake = type(uint96).max;
            staking.openDuty(msg.sender);
            taskContract.updateTaskStatus(taskId, STATUS_VERIFICATION_PENDING);
        }
        for (uint256 i; i < ballots.length; i++) {
            if (ballots[i].coordinator == msg.sender) revert AlreadyVoted(taskId, solver, msg.sender);
        }
        ballot = ballots.push();
        ballot.coordinator = msg.sender;
        ballot.stake = uint96(stake);
    }

    function _cast(
        uint256 taskId,
        address solver,
        Ballot storage ballot,
        bool isCorrect,
        uint256 score,
        string calldata reportCid
    ) internal {
        if (score > 100) revert ScoreTooHigh(score, 100);
        ballot.revealed = true;
        ballot.isCorrect = isCorrect;
        ballot.score = uint8(score);
        ballot.voteBlock = uint40(block.number);
        ballot.proof = keccak256(bytes(reportCid));
        emit CoordinatorVoted(taskId, solver, msg.sender, isCorrect, score);
    }

    function _ballotOf(uint256 taskId, address solver) private view returns (Ballot storage) {
        Ballot[] storage ballots = _ballots[taskId][solver];
        for (uint256 i; i < ballots.length; i++) {
            if (ballots[i].coordinator == msg.sender) return ballots[i];
        }
        revert NoVoteCommitted(taskId, solver, msg.sender);
    }

    function _seatStake(uint256 taskId, address coordinator) private view returns (uint256) {
        Seat[] storage seats = _panels[taskId];
        for (uint256 i; i < seats.length; i++) {
            if (seats[i].coordinator == coordinator) return seats[i].stake;
        }
        revert NotOnPanel(taskId, coordinator);
    }
}
