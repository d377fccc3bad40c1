// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title ATN of the plain set: an ERC20Votes token by block number that its DAO mints.
contract ATNToken is ERC20, ERC20Permit, ERC20Votes, ERC20Burnable {
    /// @notice At first the deployer.
    address public daoAddress;

    event DaoAddressChanged(address indexed newDaoAddress);

    /// @param initialSupply in whole tokens.
    constructor(address initialHolder, uint256 initialSupply) ERC20("Autonet", "ATN") ERC20Permit("Autonet") {
        daoAddress = msg.sender;
        _mint(initialHolder, initialSupply * 10 ** decimals());
    }

    function mint(address to, uint256 amount) external {
        require(msg.sender == daoAddress, "ATNToken: only the DAO");
        _mint(to, amount);
    }

    function setDaoAddress(address newDao) external {
        require(msg.sender == daoAddress, "ATNToken: only the DAO");
        require(newDao != address(0), "ATNToken: zero address");
        daoAddress = newDao;
        emit DaoAddressChanged(newDao);
    }

    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}
